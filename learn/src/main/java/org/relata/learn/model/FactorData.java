package org.relata.learn.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.learn.model.Scratch.Column;

/// Values of pairs. Both sides count from 0.
///
/// @param rows the names of what stands first in a pair
/// @param columns the names of what stands second; the same as `rows` where both are one kind of thing
/// @param is the first of each pair
/// @param js the second
/// @param values one a pair
record FactorData(List<String> rows, List<String> columns, int[] is, int[] js, float[] values) {
    /// Reads a file whose first three columns are the two sides of a pair and its value.
    static FactorData read(Path file, boolean twoSided) {
        if (!Files.isRegularFile(file)) {
            throw RelataException.usage("data.file", file.toString(), "there is no such file", "check the path");
        }
        try (Scratch scratch = new Scratch(Reading.standard())) {
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
            List<String> rows = names(scratch, "rows_", twoSided ? "SELECT DISTINCT i AS name FROM pair" : both);
            List<String> others = names(scratch, "columns_", twoSided ? "SELECT DISTINCT j AS name FROM pair" : both);
            int count = scratch.count("SELECT count(*) FROM pair");
            if (count == 0) {
                refuse(file, "it is empty");
            }
            FactorData data = new FactorData(rows, others, new int[count], new int[count], new float[count]);
            scratch.each("""
                    SELECT r.number, c.number, v FROM pair JOIN rows_ r ON i = r.name JOIN columns_ c ON j = c.name
                    ORDER BY 1, 2
                    """, (row, number) -> {
                data.is[number] = row.getInt(1);
                data.js[number] = row.getInt(2);
                data.values[number] = row.getFloat(3);
            });
            return data;
        }
    }

    private static void refuse(Scratch scratch, Path file, String query, String problem) {
        scratch.first(query).ifPresent(_ -> refuse(file, problem));
    }

    private static void refuse(Path file, String problem) {
        throw RelataException.usage("data.pairs", file.toString(), problem, "give each pair one row and a number");
    }

    /// Names in order: those that are all numbers as numbers are.
    private static List<String> names(Scratch scratch, String table, String query) {
        scratch.execute("CREATE TEMPORARY TABLE " + table
                + " AS SELECT name, row_number() OVER (ORDER BY TRY_CAST(name AS BIGINT), name) - 1 AS number FROM ("
                + query + ")");
        List<String> names = new ArrayList<>();
        scratch.each("SELECT name FROM " + table + " ORDER BY number", (row, _) -> names.add(row.getString(1)));
        return names;
    }

    /// The pairs as they are.
    Rows pairs() {
        return Rows.of("i", is, "j", js, values);
    }

    /// The matrix in square blocks, zero where there is no pair.
    Rows blocks(int size) {
        int down = Math.ceilDiv(rows.size(), size);
        int across = Math.ceilDiv(columns.size(), size);
        SequencedMap<String, int[]> keys = new LinkedHashMap<>();
        keys.put("i", new int[down * across]);
        keys.put("j", new int[down * across]);
        for (int block = 0; block < down * across; block++) {
            keys.firstEntry().getValue()[block] = block / across;
            keys.lastEntry().getValue()[block] = block % across;
        }
        float[] all = new float[Math.multiplyExact(Math.multiplyExact(down * across, size), size)];
        for (int pair = 0; pair < values.length; pair++) {
            int block = is[pair] / size * across + js[pair] / size;
            all[(block * size + is[pair] % size) * size + js[pair] % size] = values[pair];
        }
        return new Rows(keys, Shape.of(size, size), all);
    }
}
