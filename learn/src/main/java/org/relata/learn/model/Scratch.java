package org.relata.learn.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.RelataException;
import org.relata.database.Sql;

/// A DuckDB in memory in which files are read and put in order, before their columns go into arrays.
final class Scratch implements AutoCloseable {
    private static final List<String> SUFFIXES =
            List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet");

    private final Connection connection;

    Scratch() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.open", "DuckDB", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    /// Reads a row.
    @FunctionalInterface
    interface Reading {
        void row(ResultSet row, int number) throws SQLException;
    }

    /// The file of a table in a folder, whatever its format.
    static Optional<Path> find(Path folder, String table) {
        if (!Files.isDirectory(folder)) {
            throw RelataException.usage("data.folder", folder.toString(), "there is no such folder", "check the path");
        }
        return SUFFIXES.stream()
                .map(suffix -> folder.resolve(table + suffix))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// The file of a table that has to be there.
    static Path file(Path folder, String table) {
        return find(folder, table)
                .orElseThrow(() -> RelataException.usage(
                        "data.table",
                        folder.toString(),
                        "it holds no table " + table,
                        "put " + table + ".csv, " + table + ".csv.gz or " + table + ".parquet there"));
    }

    /// Makes a table of a file.
    void load(String table, Path file, String options) {
        String source = file.toString().endsWith(".parquet") ? "read_parquet(" : "read_csv(";
        String text = source + Sql.text(file.toString()) + (source.equals("read_csv(") ? options : "") + ")";
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE " + Sql.id(table) + " AS SELECT * FROM " + text);
        } catch (SQLException e) {
            throw RelataException.usage(
                            "data.file", file.toString(), "it cannot be read (" + oneLine(e) + ")", "check its format")
                    .causedBy(e);
        }
    }

    /// The columns of a table, each with its type.
    List<Column> columns(String table) {
        List<Column> columns = new ArrayList<>();
        each("DESCRIBE " + Sql.id(table), (row, _) -> columns.add(new Column(row.getString(1), row.getString(2))));
        return columns;
    }

    /// A column of a table.
    record Column(String name, String type) {
        boolean integer() {
            return type.endsWith("INT") || type.endsWith("INTEGER");
        }

        boolean number() {
            return integer() || type.equals("DOUBLE") || type.equals("FLOAT") || type.startsWith("DECIMAL");
        }
    }

    /// Fails unless a table has a column of the name.
    void expect(String table, Path file, String column) {
        List<String> names = columns(table).stream().map(Column::name).toList();
        if (names.stream().noneMatch(column::equalsIgnoreCase)) {
            throw RelataException.usage(
                    "data.column",
                    file + ", column " + column,
                    "there is no such column",
                    "it has " + String.join(", ", names));
        }
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /// Goes through the rows of a query, which are counted from 0.
    void each(String sql, Reading reading) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            for (int number = 0; rows.next(); number++) {
                reading.row(rows, number);
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /// The one number that a query comes to.
    int count(String sql) {
        long[] count = {0};
        each(sql, (row, _) -> count[0] = row.getLong(1));
        if (count[0] > Integer.MAX_VALUE) {
            throw RelataException.usage(
                    "data.size", "the data", count[0] + " rows are too many for one relation", "take a part of it");
        }
        return (int) count[0];
    }

    /// The first text that a query gives, if it gives any.
    Optional<String> first(String sql) {
        List<String> found = new ArrayList<>();
        each(sql, (row, number) -> {
            if (number == 0) {
                found.add(String.valueOf(row.getString(1)));
            }
        });
        return found.stream().findFirst();
    }

    private static RelataException failed(String sql, SQLException e) {
        return RelataException.failure(
                        "duckdb.query", sql.strip().lines().findFirst().orElse(""), oneLine(e), "")
                .causedBy(e);
    }

    private static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
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
}
