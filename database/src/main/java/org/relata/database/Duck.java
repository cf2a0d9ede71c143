package org.relata.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/// One DuckDB connection inside a stated memory budget, with the few calls the rest of Relata needs.
///
/// Past its budget DuckDB spills to `temp_directory`, next to the database file. Not thread-safe; the owner closes it.
public final class Duck implements AutoCloseable {
    private final Connection connection;

    private Duck(Connection connection) {
        this.connection = connection;
    }

    /// Opens or creates a database file.
    ///
    /// @param file the database file; its folder must exist
    /// @param memoryBytes what DuckDB may hold in memory before it spills
    /// @param threads how many threads a query may use
    /// @throws RelataException `duckdb.open` when the file cannot be opened
    public static Duck open(Path file, long memoryBytes, int threads) {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", (memoryBytes / (1L << 20)) + "MiB");
        settings.setProperty("threads", Integer.toString(threads));
        settings.setProperty("temp_directory", file.toAbsolutePath() + ".spill");
        settings.setProperty("preserve_insertion_order", "true");
        try {
            Duck duck = new Duck(connection(file.toAbsolutePath().toString(), settings));
            // Times without a zone are UTC here, wherever the machine stands.
            duck.execute("SET TimeZone = 'UTC'");
            return duck;
        } catch (SQLException e) {
            throw RelataException.failure(
                            "duckdb.open", file.toString(), oneLine(e), "check that it is a DuckDB file and not in use")
                    .causedBy(e);
        }
    }

    /// A connection to DuckDB alone: asking for one by its address would load the drivers of all databases first.
    ///
    /// @param file empty for a database in memory
    public static DuckDBConnection connection(String file, Properties settings) throws SQLException {
        return new DuckDBDriver().connect("jdbc:duckdb:" + file, settings).unwrap(DuckDBConnection.class);
    }

    /// The JDBC connection, for appenders, bound values and streaming.
    public Connection connection() {
        return connection;
    }

    /// Runs a statement that returns nothing.
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /// Runs a query and maps each row.
    public <T> List<T> query(String sql, RowMapper<T> mapper) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
            return result;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /// Runs a query that returns one whole number.
    public long count(String sql) {
        return query(sql, rows -> rows.getLong(1)).getFirst();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.close", "DuckDB", oneLine(e), "")
                    .causedBy(e);
        }
    }

    private static RelataException failed(String sql, SQLException e) {
        String head = sql.strip().lines().findFirst().orElse("");
        return RelataException.failure(
                        "duckdb.query", head.length() > 120 ? head.substring(0, 120) + "…" : head, oneLine(e), "")
                .causedBy(e);
    }

    private static String oneLine(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(message);
    }

    /// Reads one row of a result.
    @FunctionalInterface
    public interface RowMapper<T> {
        /// Reads the row the cursor stands on.
        T map(ResultSet row) throws SQLException;
    }
}
