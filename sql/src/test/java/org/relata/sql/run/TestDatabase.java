package org.relata.sql.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// The databases that models are trained in.
enum TestDatabase {
    DUCKDB,
    POSTGRES;

    private static @Nullable EmbeddedPostgres server;

    /// A connection to a database with nothing in it.
    Connection empty() throws SQLException {
        if (this == DUCKDB) {
            return DriverManager.getConnection("jdbc:duckdb:");
        }
        Connection connection = server().getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        }
        return connection;
    }

    /// One server for all tests of this process; it ends with it.
    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }
}
