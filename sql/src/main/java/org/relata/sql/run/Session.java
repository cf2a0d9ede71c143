package org.relata.sql.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.value.AlgebraException;
import org.relata.sql.write.Dialect;

/// Statements on one connection; what the database refuses comes out as an [AlgebraException] with its first line.
final class Session {
    private static final int BATCH = 5_000;

    private final Connection connection;
    private final Dialect dialect;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /// What is read of each row.
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, RowReader<T> reader) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /// Rows into a table.
    ///
    /// @param rows each a list of `Long`, `String` and `Double`
    void insert(String table, int columns, Iterable<List<Object>> rows) {
        String places = String.join(", ", java.util.Collections.nCopies(columns, "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
            int pending = 0;
            for (List<Object> row : rows) {
                for (int column = 0; column < columns; column++) {
                    insert.setObject(column + 1, row.get(column));
                }
                insert.addBatch();
                if (++pending == BATCH) {
                    insert.executeBatch();
                    pending = 0;
                }
            }
            if (pending > 0) {
                insert.executeBatch();
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private AlgebraException refused(SQLException problem) {
        String line = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        AlgebraException refused = new AlgebraException("database.refused", dialect.name(), line, "");
        refused.initCause(problem);
        return refused;
    }
}
