package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Tables of the user's, read where they stand.
final class UserTableTest {
    private static final Input VECTORS =
            input("CREATE TABLE t (id INT PRIMARY KEY, x VECTOR[2]);", "inner_product(t.x, t.x)");
    private static final Input NUMBERS = input("CREATE TABLE t (id INT PRIMARY KEY, x DOUBLE);", "t.x");

    private static Databases databases;

    @BeforeAll
    static void start() throws IOException, SQLException {
        databases = new Databases();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        databases.close();
    }

    @Test
    void vectorsStandInListsOrInColumnsCountedFromNoughtOrOne() throws SQLException {
        for (Databases.Place place : databases.all()) {
            for (String columns : new String[] {
                "x DOUBLE PRECISION[]",
                "x_0 DOUBLE PRECISION, x_1 DOUBLE PRECISION",
                "x_1 DOUBLE PRECISION, x_2 DOUBLE PRECISION"
            }) {
                String value = columns.contains("[]") ? "ARRAY[3, 4]" : "3, 4";
                table(place, "id INT, " + columns, "(7, " + value + ")");
                try (SqlRunner runner = place.runner()) {
                    runner.bindTable(VECTORS);
                    assertEquals(
                            Tensor.vector(3, 4), runner.read("t").get(Key.of(7)).orElseThrow(), place + columns);
                }
            }
        }
    }

    @Test
    void whatIsNullOrTooShortIsNamed() throws SQLException {
        for (Databases.Place place : databases.all()) {
            table(place, "id INT, x DOUBLE PRECISION", "(1, 2), (2, NULL)");
            refuses(
                    place,
                    NUMBERS,
                    "table t, column x: 1 rows are NULL; delete those rows, or read a view without them");
            table(place, "id INT, x DOUBLE PRECISION", "(NULL, 2)");
            refuses(
                    place,
                    NUMBERS,
                    "table t, column id: 1 rows are NULL; delete those rows, or read a view without them");
            String lacks = "table t, column x: 1 rows are NULL, or lack elements of [2];"
                    + " delete those rows, or read a view without them";
            table(place, "id INT, x_0 DOUBLE PRECISION, x_1 DOUBLE PRECISION", "(1, 2, 3), (2, 4, NULL)");
            refuses(place, VECTORS, lacks);
            table(place, "id INT, x DOUBLE PRECISION[]", "(1, ARRAY[2, 3]), (2, ARRAY[4])");
            refuses(place, VECTORS, lacks);
        }
    }

    @Test
    void aTableOfThatNameInAnotherSchemaIsAnotherTable() throws SQLException {
        for (Databases.Place place : databases.all()) {
            try (Statement statement = place.connection().createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS aside");
                statement.execute("DROP TABLE IF EXISTS t");
                statement.execute("DROP TABLE IF EXISTS aside.t");
                statement.execute("CREATE TABLE aside.t (id INT, x DOUBLE PRECISION)");
            }
            refuses(
                    place,
                    NUMBERS,
                    "table t: the database has no table of this name; create it, or correct the model file");
            table(place, "id INT", "(1)");
            refuses(place, NUMBERS, "table t: the database's table has no column x_1; it has id");
            try (Statement statement = place.connection().createStatement()) {
                statement.execute("DROP TABLE aside.t");
            }
        }
    }

    private static Input input(String declaration, String value) {
        String text = declaration + " CREATE PARAMETER TABLE w (v DOUBLE); SELECT SUM(" + value
                + " * w.v) AS loss FROM t, w;";
        return ModelParser.parse("model.sql", text, ShapeSource.none()).inputs().stream()
                .filter(each -> !each.learned())
                .findFirst()
                .orElseThrow();
    }

    private static void table(Databases.Place place, String columns, String rows) throws SQLException {
        try (Statement statement = place.connection().createStatement()) {
            statement.execute("DROP TABLE IF EXISTS t");
            statement.execute("CREATE TABLE t (" + columns + ")");
            statement.execute("INSERT INTO t VALUES " + rows);
        }
    }

    private static void refuses(Databases.Place place, Input input, String message) {
        try (SqlRunner runner = place.runner()) {
            AlgebraException refused =
                    assertThrows(AlgebraException.class, () -> runner.bindTable(input), place::toString);
            assertEquals(message, refused.getMessage(), place::toString);
        }
    }
}
