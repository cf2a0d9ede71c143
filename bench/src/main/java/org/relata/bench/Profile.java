package org.relata.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.duckdb.ProfilerPrintFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What DuckDB says of the statements that run through a connection: how many rows its operators handed on, and the
/// most memory its buffers held.
final class Profile {
    private final Connection real;
    private long rows;
    private long peakBytes;
    private int statements;

    private Profile(Connection real) {
        this.real = real;
    }

    /// Watches a connection of DuckDB.
    static Profile of(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_profiling = 'no_output'");
            statement.execute("SET profiling_coverage = 'ALL'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Profile(connection);
    }

    /// The connection to run statements through.
    Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                Profile.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = invoke(real, method, arguments);
                    return method.getName().equals("createStatement") ? watched((Statement) result) : result;
                });
    }

    private Statement watched(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                Profile.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    Object result = invoke(statement, method, arguments);
                    if (method.getName().equals("execute")) {
                        record();
                    }
                    return result;
                });
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void record() throws SQLException {
        String text = real.unwrap(DuckDBConnection.class).getProfilingInformation(ProfilerPrintFormat.JSON);
        JsonNode profile = JsonMapper.shared().readTree(text);
        rows += profile.path("query").path("total_intermediate_rows").asLong(0);
        peakBytes = Math.max(
                peakBytes, profile.path("system").path("peak_buffer_memory").asLong(0));
        statements++;
    }

    /// Starts to count anew.
    void forget() {
        rows = 0;
        peakBytes = 0;
        statements = 0;
    }

    /// How many rows all operators of all statements handed on, scans included.
    long rows() {
        return rows;
    }

    /// The most memory that DuckDB's buffers held during a statement: pages that were read, hash tables, tables of the
    /// session. The JVM's own memory is not in it.
    long peakBytes() {
        return peakBytes;
    }

    /// How many statements there were.
    int statements() {
        return statements;
    }
}
