package org.relata.learn.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.engine.EngineRunner;
import org.relata.learn.model.Scratch.Column;

/// Values of pairs, in a database until they are bound. Both sides count from 0.
///
/// @param rows how many things stand first in a pair
/// @param columns how many stand second; the same ones where both are one kind of thing
/// @param names a few characters that differ where their names do
/// @param pairs by i and j, in this order
record FactorData(Scratch scratch, int rows, int columns, String names, Queried pairs) {
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
            String i = Sql.id(columns.get(0).name());
            String j = Sql.id(columns.get(1).name());
            scratch.execute("CREATE TEMPORARY TABLE pair AS SELECT CAST(" + i + " AS VARCHAR) AS i, CAST(" + j
                    + " AS VARCHAR) AS j, CAST(" + Sql.id(columns.get(2).name()) + " AS DOUBLE) AS v FROM given");
            refuse(scratch, file, "SELECT i FROM pair WHERE i IS NULL OR j IS NULL OR v IS NULL", "a field is empty");
            refuse(scratch, file, "SELECT i FROM pair WHERE NOT isfinite(v)", "a value is not finite");
            scratch.first(
                            "SELECT '(' || i || ', ' || j || ')' FROM pair GROUP BY i, j HAVING count(*) > 1 ORDER BY i, j")
                    .ifPresent(pair -> refuse(file, "the pair " + pair + " stands there twice"));
            String both = "SELECT i AS name FROM pair UNION SELECT j FROM pair";
            String rows = names(scratch, "rows_", twoSided ? "SELECT DISTINCT i AS name FROM pair" : both);
            String others = names(scratch, "columns_", twoSided ? "SELECT DISTINCT j AS name FROM pair" : both);
            int count = scratch.count("SELECT count(*) FROM pair");
            if (count == 0) {
                refuse(file, "it is empty");
            }
            String query = """
                    SELECT r.number, c.number, CAST(v AS FLOAT)
                    FROM pair JOIN rows_ r ON i = r.name JOIN columns_ c ON j = c.name
                    ORDER BY 1, 2
                    """;
            return new FactorData(
                    scratch,
                    scratch.count("SELECT count(*) FROM rows_"),
                    scratch.count("SELECT count(*) FROM columns_"),
                    rows + others,
                    new Queried(scratch, query, List.of("i", "j"), Shape.SCALAR, count, false));
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
                FROM (SELECT name FROM (%s) ORDER BY TRY_CAST(name AS BIGINT), name)
                """.formatted(table, query));
        return scratch.first("SELECT bit_xor(hash(number || ' ' || name)) FROM " + table)
                .orElse("");
    }

    /// The names of rows, or of columns, in the order of their numbers.
    static String names(boolean rows) {
        return "SELECT name FROM " + (rows ? "rows_" : "columns_") + " ORDER BY number";
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
        if (runner instanceof EngineRunner engine) {
            engine.bindBulk(name, List.of("i", "j"), Math.multiplyExact(down, across), shape, (keys, values) -> {
                for (int block = 0; block < down * across; block++) {
                    keys.getFirst().set(block, block / across);
                    keys.getLast().set(block, block % across);
                }
                each(size, across, sum, values::set);
            });
            return;
        }
        SequencedMap<String, int[]> keys = new LinkedHashMap<>();
        keys.put("i", IntStream.range(0, down * across).map(block -> block / across).toArray());
        keys.put("j", IntStream.range(0, down * across).map(block -> block % across).toArray());
        float[] all = new float[Math.multiplyExact(Math.multiplyExact(down * across, size), size)];
        each(size, across, sum, (block, place, value) -> all[block * size * size + place] = (float) value);
        new Rows(keys, shape, all).bind(runner, name);
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
