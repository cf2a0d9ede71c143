package org.relata.learn.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.learn.model.Scratch.Column;

/// Values of pairs, in a database until they are bound. Both sides count from 0.
///
/// @param rows how many things stand first in a pair
/// @param columns how many stand second; the same ones where both are one kind of thing
/// @param names a few characters that differ where their names do
/// @param pairs by i and j, in this order
record FactorData(Scratch scratch, int rows, int columns, String names, Streamed pairs) {
    /// Reads a file whose first three columns are the two sides of a pair and its value.
    ///
    /// @param scratch is needed as long as the data is
    static FactorData read(Scratch scratch, Path file, boolean twoSided) {
        if (!Files.isRegularFile(file)) {
            throw RelataException.usage("data.file", file.toString(), "there is no such file", "check the path");
        }
        scratch.load("given", file, "");
        List<Column> columns = scratch.columns("given");
        if (columns.size() < 3 || !columns.get(2).number()) {
            throw RelataException.usage(
                    "data.pairs",
                    file.toString(),
                    columns.size() < 3
                            ? "it has " + columns.size() + " columns"
                            : "its third column, " + columns.get(2).name() + ", holds no numbers",
                    "give two sides and a value");
        }
        // Whole numbers are sorted and compared with less than their texts are; the order is the same.
        boolean one = columns.get(0).integer() && columns.get(1).integer();
        scratch.execute("CREATE TEMPORARY VIEW pair AS SELECT " + name(columns.get(0), twoSided || one) + " AS i, "
                + name(columns.get(1), twoSided || one) + " AS j, CAST("
                + Sql.id(columns.get(2).name()) + " AS DOUBLE) AS v FROM given");
        refuse(
                scratch,
                file,
                "SELECT 1 FROM pair WHERE i IS NULL OR j IS NULL OR v IS NULL LIMIT 1",
                "a field is empty");
        refuse(scratch, file, "SELECT 1 FROM pair WHERE NOT isfinite(v) LIMIT 1", "a value is not finite");
        int count = scratch.count("SELECT count(*) FROM pair");
        if (count == 0) {
            refuse(file, "it is empty");
        }
        String both = "SELECT i AS name FROM pair UNION ALL SELECT j FROM pair";
        String names = names(scratch, "rows_", twoSided ? "SELECT i AS name FROM pair" : both);
        if (twoSided) {
            names += names(scratch, "columns_", "SELECT j AS name FROM pair");
        } else {
            scratch.execute("CREATE TEMPORARY VIEW columns_ AS SELECT * FROM rows_");
        }
        scratch.execute(
                "CREATE TEMPORARY TABLE half AS SELECT rows_.number AS a, j, v FROM pair JOIN rows_ ON i = name");
        scratch.execute("CREATE TEMPORARY TABLE cell AS SELECT a, columns_.number AS b, CAST(v AS FLOAT) AS v"
                + " FROM half JOIN columns_ ON j = name ORDER BY 1, 2");
        scratch.execute("DROP TABLE half");
        Pieces cells = Pieces.of(scratch, "SELECT a, b, v FROM cell", 2);
        single(scratch, file, cells);
        return new FactorData(
                scratch,
                scratch.count("SELECT count(*) FROM rows_"),
                scratch.count("SELECT count(*) FROM columns_"),
                names,
                new Streamed(cells, List.of("i", "j"), Shape.SCALAR, count, false));
    }

    private static String name(Column column, boolean own) {
        return "CAST(" + Sql.id(column.name()) + " AS " + (own && column.integer() ? "BIGINT)" : "VARCHAR)");
    }

    /// Refuses a pair that stands there twice; pairs are in order.
    private static void single(Scratch scratch, Path file, Pieces cells) {
        int[] last = {-1, -1};
        int[] twice = {-1, -1};
        cells.each((rows, columns, _) -> {
            for (int row = 0; row < rows && twice[0] < 0; row++) {
                if (columns[0][row] == last[0] && columns[1][row] == last[1]) {
                    twice[0] = last[0];
                    twice[1] = last[1];
                }
                last[0] = columns[0][row];
                last[1] = columns[1][row];
            }
        });
        if (twice[0] >= 0) {
            scratch.first("SELECT '(' || rows_.name || ', ' || columns_.name || ')' FROM rows_, columns_ WHERE"
                            + " rows_.number = " + twice[0] + " AND columns_.number = " + twice[1])
                    .ifPresent(pair -> refuse(file, "the pair " + pair + " stands there twice"));
        }
    }

    private static void refuse(Scratch scratch, Path file, String query, String problem) {
        scratch.first(query).ifPresent(_ -> refuse(file, problem));
    }

    private static void refuse(Path file, String problem) {
        throw RelataException.usage("data.pairs", file.toString(), problem, "give each pair one row and a number");
    }

    /// Numbers names in order: those that are all numbers as numbers are.
    ///
    /// @return a few characters that differ where names do
    private static String names(Scratch scratch, String table, String query) {
        scratch.execute("""
                CREATE TEMPORARY TABLE %s AS
                SELECT name, CAST(row_number() OVER () - 1 AS INTEGER) AS number
                FROM (
                    SELECT name, lag(name) OVER () AS before
                    FROM (SELECT name FROM (%s) ORDER BY TRY_CAST(name AS BIGINT), name)
                )
                WHERE before IS NULL OR name <> before
                """.formatted(table, query));
        return scratch.first("SELECT bit_xor(hash(number || ' ' || name)) FROM " + table)
                .orElse("");
    }

    /// The names of rows, or of columns, in the order of their numbers.
    static String names(boolean rows) {
        return "SELECT CAST(name AS VARCHAR) FROM " + (rows ? "rows_" : "columns_") + " ORDER BY number";
    }

    /// Makes the pairs a relation.
    void bind(Runner runner, String name, RowSum sum) {
        pairs.bind(runner, name, sum);
    }

    /// Makes the matrix a relation of square blocks, zero where there is no pair.
    void bindBlocks(Runner runner, String name, int size, RowSum sum) {
        int down = Math.ceilDiv(rows, size);
        int across = Math.ceilDiv(columns, size);
        Shape shape = Shape.of(size, size);
        runner.bindRows(name, List.of("i", "j"), Math.multiplyExact(down, across), shape, blocks -> {
            for (int block = 0; block < down * across; block++) {
                blocks.key(0, block, block / across);
                blocks.key(1, block, block % across);
            }
            each(size, across, sum, blocks::number);
        });
    }

    @FunctionalInterface
    private interface Cell {
        void set(int block, int place, double value);
    }

    private void each(int size, int across, RowSum sum, Cell cell) {
        pairs.each(sum, (_, count, columns, values) -> {
            for (int pair = 0; pair < count; pair++) {
                int i = columns[0][pair];
                int j = columns[1][pair];
                cell.set(i / size * across + j / size, i % size * size + j % size, values[pair]);
            }
        });
    }
}
