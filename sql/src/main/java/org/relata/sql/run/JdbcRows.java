package org.relata.sql.run;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;

/// Relations into tables and out of them, as rows of key columns and one value column: a number, or an array.
final class JdbcRows {
    private static final int BATCH = 5_000;

    private final Connection connection;
    private final boolean duck;

    JdbcRows(Connection connection) {
        this.connection = connection;
        try {
            String product = connection.getMetaData().getDatabaseProductName();
            this.duck = product.toLowerCase(Locale.ROOT).contains("duckdb");
            if (!duck && !product.equalsIgnoreCase("PostgreSQL")) {
                throw new AlgebraException(
                        "database.kind", product, "models are not trained there", "use DuckDB or PostgreSQL");
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /// What is done on the connection.
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /// What is read of each row.
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    boolean duck() {
        return duck;
    }

    Connection connection() {
        return connection;
    }

    /// All of the work, or nothing.
    void together(Work work) {
        try {
            boolean automatic = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(automatic);
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /// The rows of a query; what is bound stands for its question marks.
    <T> List<T> query(String sql, Reader<T> reader, Object... bound) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < bound.length; index++) {
                statement.setObject(index + 1, bound[index]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /// What is done with each row of a query.
    @FunctionalInterface
    interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    /// Goes through the rows of a query, of which few are held at a time.
    void each(String sql, Taker taker) {
        together(() -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                // PostgreSQL sends so many at a time within a transaction, and otherwise all at once.
                statement.setFetchSize(BATCH);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        taker.take(rows);
                    }
                }
            }
        });
    }

    /// The columns `k0`, `k1`, … and `v` that hold a relation, with their types.
    String columns(List<Attribute> key, Shape shape) {
        List<String> columns = new ArrayList<>();
        for (int index = 0; index < key.size(); index++) {
            columns.add("k" + index + " " + type(key.get(index)));
        }
        String real = duck ? "DOUBLE" : "DOUBLE PRECISION";
        columns.add("v " + real + (shape.rank() == 0 ? "" : "[]"));
        return String.join(", ", columns);
    }

    String type(Attribute attribute) {
        return attribute.domain() == Attribute.Domain.INTEGER ? "BIGINT" : duck ? "VARCHAR" : "TEXT";
    }

    /// Puts a relation into a table of those columns; the table's name needs no quotes.
    void insert(String table, Relation relation) throws SQLException {
        Iterable<List<Object>> tuples = () -> relation.tuples().entrySet().stream()
                .map(tuple -> {
                    List<Object> row = new ArrayList<>(tuple.getKey().values());
                    row.add(
                            relation.shape().rank() == 0
                                    ? (Object) tuple.getValue().number()
                                    : tuple.getValue().toArray());
                    return row;
                })
                .iterator();
        if (duck) {
            try (DuckDBAppender appender =
                    connection.unwrap(DuckDBConnection.class).createAppender(table)) {
                append(appender, tuples);
            }
        } else {
            batch(table, relation.attributes().size() + 1, tuples);
        }
    }

    /// Puts rows of `Long`, `String` and `Double` into a table of the session.
    void insert(String table, int columns, Iterable<List<Object>> rows) {
        try {
            if (duck) {
                // Tables of the session are in a catalogue of their own.
                try (DuckDBAppender appender =
                        connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", table)) {
                    append(appender, rows);
                }
            } else {
                batch(table, columns, rows);
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static void append(DuckDBAppender appender, Iterable<List<Object>> rows) throws SQLException {
        for (List<Object> row : rows) {
            appender.beginRow();
            for (Object value : row) {
                switch (value) {
                    case Long number -> appender.append((long) number);
                    case Double number -> appender.append((double) number);
                    case double[] numbers -> appender.append(numbers);
                    // An open class: key attributes are integers or text.
                    default -> appender.append(value.toString());
                }
            }
            appender.endRow();
        }
    }

    private void batch(String table, int columns, Iterable<List<Object>> rows) throws SQLException {
        String places = String.join(", ", Collections.nCopies(columns, "?"));
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
            insert.executeBatch();
        }
    }

    /// The numbers of a value, however deep its arrays are.
    static void flatten(Object value, List<Double> into) throws SQLException {
        switch (value) {
            case Number number -> into.add(number.doubleValue());
            case Boolean truth -> into.add(truth ? 1.0 : 0.0);
            case Array array -> flatten(array.getArray(), into);
            case Object[] parts -> {
                for (Object part : parts) {
                    if (part == null) {
                        throw new SQLException("an element is NULL");
                    }
                    flatten(part, into);
                }
            }
            case double[] numbers -> {
                for (double number : numbers) {
                    into.add(number);
                }
            }
            case List<?> parts -> {
                for (Object part : parts) {
                    flatten(part, into);
                }
            }
            // An open class: what a driver returns for a column that holds no numbers.
            default -> throw new SQLException("'" + value + "' is no number and no array of numbers");
        }
    }

    /// A name in quotes.
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    AlgebraException refused(SQLException problem) {
        String line = String.valueOf(problem.getMessage())
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("it refused without a reason");
        AlgebraException refused = new AlgebraException("database.refused", duck ? "DuckDB" : "PostgreSQL", line, "");
        refused.initCause(problem);
        return refused;
    }
}
