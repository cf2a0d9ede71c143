package org.relata.cli.run;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.relata.database.RelataException;

/// Which versions of Relata and of what it stands on are running.
public final class Versions {
    private Versions() {}

    /// The version of Relata; `development` when it does not run from its jar.
    public static String relata() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// The version and maker of the running JVM.
    public static String java() {
        return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
    }

    /// The version of the embedded DuckDB.
    ///
    /// @throws SQLException when it cannot be loaded
    public static String duckdb() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /// The version of the LightGBM library that is bundled; `unknown` when its jar does not say.
    public static String lightgbm() {
        Properties properties = new Properties();
        try (InputStream stream =
                LGBMBooster.class.getResourceAsStream("/META-INF/maven/io.github.metarank/lightgbm4j/pom.properties")) {
            if (stream != null) {
                properties.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    /// All of them by name, most important first.
    ///
    /// @throws RelataException when DuckDB cannot be loaded
    public static Map<String, String> all() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Relata", relata());
        versions.put("Java", java());
        try {
            versions.put("DuckDB", duckdb());
        } catch (SQLException e) {
            throw RelataException.failure(
                            "natives.duckdb", "DuckDB", String.valueOf(e.getMessage()), "run 'relata doctor'")
                    .causedBy(e);
        }
        versions.put("LightGBM", lightgbm());
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }
}
