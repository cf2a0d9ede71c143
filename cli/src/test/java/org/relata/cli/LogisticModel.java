package org.relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A small model file and databases to train it in.
final class LogisticModel {
    static final String TEXT = """
            CREATE TABLE x (row INT, col INT, v DOUBLE, PRIMARY KEY (row, col));
            CREATE TABLE y (row INT PRIMARY KEY, v DOUBLE);
            CREATE PARAMETER TABLE theta (col INT PRIMARY KEY, v DOUBLE normal(0.1));

            WITH z AS (
                SELECT x.row, SUM(x.v * theta.v) AS v FROM x JOIN theta ON x.col = theta.col GROUP BY x.row
            )
            SELECT SUM(softplus(z.v) - y.v * z.v) AS loss FROM z JOIN y ON z.row = y.row;
            """;

    private LogisticModel() {}

    static Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve("logistic.sql"), TEXT);
    }

    /// A DuckDB file with 60 rows of 4 features.
    static Path duckdb(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
            fill(connection);
        }
        return file;
    }

    static void fill(Connection connection) throws SQLException {
        Random random = new Random(1);
        List<String> xs = new ArrayList<>();
        List<String> ys = new ArrayList<>();
        for (int row = 0; row < 60; row++) {
            double z = 0.3;
            for (int col = 0; col < 4; col++) {
                double v = col == 0 ? 1 : random.nextGaussian();
                z += col == 1 ? v : 0;
                xs.add("(" + row + ", " + col + ", " + v + ")");
            }
            ys.add("(" + row + ", " + (z + 0.5 * random.nextGaussian() > 0 ? 1 : 0) + ")");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE x (row INTEGER, col INTEGER, v DOUBLE PRECISION)");
            statement.execute("CREATE TABLE y (row INTEGER PRIMARY KEY, v DOUBLE PRECISION)");
            statement.execute("INSERT INTO x VALUES " + String.join(", ", xs));
            statement.execute("INSERT INTO y VALUES " + String.join(", ", ys));
        }
    }

    /// The first column of each row of a query.
    static List<Object> query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Object> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getObject(1));
            }
            return all;
        }
    }

    /// The parameter that was learned in a DuckDB file.
    static List<Object> theta(Path file) throws SQLException {
        return query("jdbc:duckdb:" + file, "SELECT v FROM theta ORDER BY col");
    }
}
