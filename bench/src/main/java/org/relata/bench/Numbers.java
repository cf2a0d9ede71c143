package org.relata.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether two ways to the same numbers came to the same.
final class Numbers {
    private static final int SHOWN = 10;

    private Numbers() {}

    /// The first differences, in words; none when all numbers differ by at most `tolerance` times the largest.
    static List<String> differences(String what, double[] expected, double[] actual, double tolerance) {
        List<String> differences = new ArrayList<>();
        if (expected.length != actual.length || expected.length == 0) {
            return List.of("%s: %d numbers, not %d".formatted(what, actual.length, expected.length));
        }
        double largest = 0;
        for (double number : expected) {
            largest = Math.max(largest, Math.abs(number));
        }
        for (int i = 0; i < expected.length && differences.size() < SHOWN; i++) {
            // Written so that a NaN is a difference.
            if (!(Math.abs(expected[i] - actual[i]) <= tolerance * largest)) {
                differences.add(
                        String.format(Locale.ROOT, "%s, number %d: %s, not %s", what, i, actual[i], expected[i]));
            }
        }
        return differences;
    }
}
