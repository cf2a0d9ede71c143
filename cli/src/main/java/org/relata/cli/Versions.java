package org.relata.cli;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Which versions of Relata and of what it stands on are running.
final class Versions implements IVersionProvider {
    /// The version of Relata; `development` when it does not run from its jar.
    static String relata() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// The version and maker of the running JVM.
    static String java() {
        return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
    }

    /// The version of the embedded DuckDB.
    ///
    /// @throws SQLException when it cannot be loaded
    static String duckdb() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /// The version of the LightGBM library that is bundled; `unknown` when its jar does not say.
    static String lightgbm() {
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

    @Override
    public String[] getVersion() {
        return new String[] {"relata " + relata(), "Java " + java()};
    }
}
