package org.relata.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.relata.database.Duck;
import org.relata.sql.write.Dialect;

/// A database that programs of the algebra are measured in: DuckDB in this process, or a PostgreSQL server that is
/// started for the run.
///
/// @param dialect what it speaks
/// @param server what ends with it
record MeasuredDatabase(Connection connection, Dialect dialect, AutoCloseable server) implements AutoCloseable {
    /// DuckDB on a file.
    static MeasuredDatabase duckdb(Path file, long memoryBytes, int threads) {
        Duck duck = Duck.open(file, memoryBytes, threads);
        return new MeasuredDatabase(duck.connection(), Dialect.DUCKDB, duck);
    }

    /// PostgreSQL in a folder, as one would set it up for queries that read all of a table: its compiler of expressions
    /// is off, because it takes longer than it saves for sums of a hundred columns.
    static MeasuredDatabase postgres(Path folder) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setServerConfig("shared_buffers", "1GB")
                    .setServerConfig("work_mem", "256MB")
                    .setServerConfig("jit", "off")
                    .start();
            return new MeasuredDatabase(server.getPostgresDatabase().getConnection(), Dialect.POSTGRES, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A second session in the same DuckDB: tables of a session are not in the way of those of another.
    MeasuredDatabase session() {
        try {
            return new MeasuredDatabase(
                    connection.unwrap(DuckDBConnection.class).duplicate(), dialect, () -> {});
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs a statement.
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Brings statistics up to date and, where there is such a thing, old row versions out of the way.
    void settle() {
        execute(dialect.equals(Dialect.POSTGRES) ? "VACUUM ANALYZE" : "CHECKPOINT");
    }

    /// The type of values.
    String real() {
        return dialect.word(Dialect.Word.REAL);
    }

    /// As a table, the integers from 0 up, `i`.
    String numbers(long many) {
        return dialect.equals(Dialect.POSTGRES)
                ? "generate_series(0::bigint, " + (many - 1) + ") AS t(i)"
                : "range(" + many + ") AS t(i)";
    }

    /// All columns of all rows of a query, row after row.
    double[] doubles(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Double> all = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    all.add(rows.getDouble(column));
                }
            }
            return all.stream().mapToDouble(Double::doubleValue).toArray();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
