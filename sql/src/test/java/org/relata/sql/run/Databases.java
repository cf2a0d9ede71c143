package org.relata.sql.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.relata.sql.layout.Layout;
import org.relata.sql.write.Dialect;

/// A DuckDB in memory and a real PostgreSQL, one of each for a test class.
final class Databases implements AutoCloseable {
    /// A database and a layout in it.
    record Place(Connection connection, Dialect dialect, Layout layout) {
        SqlRunner runner() {
            return new SqlRunner(connection, dialect, layout);
        }

        @Override
        public String toString() {
            return dialect.name() + ", " + layout;
        }
    }

    private final EmbeddedPostgres server;
    private final Connection postgres;
    private final Connection duckdb;

    Databases() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        postgres = server.getPostgresDatabase().getConnection();
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckdb.createStatement()) {
            // A second thread has nothing to do with tables of a few rows, and takes longer to find that out.
            statement.execute("SET threads = 1");
        }
    }

    Place duckdb(Layout layout) {
        return new Place(duckdb, Dialect.DUCKDB, layout);
    }

    Place postgres(Layout layout) {
        return new Place(postgres, Dialect.POSTGRES, layout);
    }

    List<Place> all() {
        return List.of(duckdb(Layout.WIDE), duckdb(Layout.SCALAR), postgres(Layout.WIDE), postgres(Layout.SCALAR));
    }

    @Override
    public void close() throws IOException, SQLException {
        duckdb.close();
        postgres.close();
        server.close();
    }
}
