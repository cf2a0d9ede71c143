package org.relata.learn.train;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relata.algebra.value.AlgebraException;

/// How a table is cut into mini-batches: consecutive ranges of its first integer key attribute.
///
/// @param table whose relations a step sees a range of
/// @param tuples how many a range holds at least, except for the last one
/// @param sample whether each step draws a range at random; otherwise an epoch takes every range once, in random order
public record Batches(String table, long tuples, boolean sample) {
    private static final Pattern TEXT = Pattern.compile("(.+?):(\\d{1,18})(:sample)?");

    /// Checks the size.
    public Batches {
        if (tuples < 1) {
            throw new AlgebraException(
                    "batch.size", "batch " + table + ":" + tuples, "a batch needs at least one row", "give more");
        }
    }

    /// Reads `table:1000` or `table:1000:sample`.
    public static Batches parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new AlgebraException(
                    "batch.text",
                    "batch " + text,
                    "it is not a table and a number of rows",
                    "write it as orders:1000, or orders:1000:sample");
        }
        return new Batches(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3) != null);
    }

    @Override
    public String toString() {
        return table + ":" + tuples + (sample ? ":sample" : "");
    }
}
