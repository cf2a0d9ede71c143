package org.relata.database.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.relata.database.Duck;
import org.relata.database.RelataException;

/// A database of the user's, opened for writing: work that stays in the database is done over its connection.
///
/// @param kind what it is
/// @param connection open, in auto-commit mode
/// @param shown its path or address, without password
public record WritableDatabase(Kind kind, Connection connection, String shown) implements AutoCloseable {
    /// The databases that can be worked in.
    public enum Kind {
        /// A DuckDB file.
        DUCKDB("DuckDB"),
        /// A PostgreSQL server.
        POSTGRES("PostgreSQL");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// As people write it.
        public String label() {
            return label;
        }
    }

    private static final String REMEDY = "give the path of a DuckDB file, or postgresql://user@host/database";

    /// Opens a DuckDB file by its path, `duckdb:` or `jdbc:duckdb:` and its path, or a PostgreSQL database by its
    /// address, `postgresql:` or `jdbc:postgresql:`.
    ///
    /// @param environment the environment variables: `PGUSER` and `PGPASSWORD` are read
    public static WritableDatabase open(String text, Map<String, String> environment) {
        if (text.isBlank()) {
            throw RelataException.usage("source.missing", "the database", "its address is empty", REMEDY);
        }
        String file = text.replaceFirst("^(jdbc:)?duckdb:", "");
        if (!file.equals(text) || !JdbcAddress.matches(text) && !text.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            return file(file);
        }
        if (!JdbcAddress.matches(text) || text.startsWith("jdbc:") && !text.startsWith("jdbc:postgresql:")) {
            throw RelataException.usage(
                    "source.scheme",
                    text.replaceFirst("^(jdbc:[^:/]*|[^:]*).*$", "$1:"),
                    "databases of this kind cannot be worked in",
                    REMEDY);
        }
        JdbcAddress address = JdbcAddress.parse(text, environment);
        try {
            return new WritableDatabase(
                    Kind.POSTGRES, DriverManager.getConnection(address.url(), address.credentials()), address.url());
        } catch (SQLException e) {
            throw address.refused(e);
        }
    }

    private static WritableDatabase file(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw RelataException.usage("source.missing", text, "it is no path", "check the spelling")
                    .causedBy(e);
        }
        if (!Files.exists(path) || text.isEmpty()) {
            throw RelataException.usage("source.missing", text, "there is no such file", "check the path");
        }
        if (Files.isDirectory(path) || !SourceLocator.isDuckDb(SourceLocator.head(path))) {
            throw RelataException.usage("source.format", text, "it is no DuckDB file", REMEDY);
        }
        try {
            return new WritableDatabase(
                    Kind.DUCKDB, Duck.connection(path.toAbsolutePath().toString(), new Properties()), text);
        } catch (SQLException e) {
            throw RelataException.usage(
                            "source.duckdb",
                            text,
                            "it cannot be opened ("
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")
                                    + ")",
                            "check that no other process has it open, and its permissions")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw RelataException.failure("source.close", shown, String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }
}
