package org.relata.database.task;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// The name that was probably meant.
final class Nearest {
    private Nearest() {}

    /// The known name with the fewest single-character changes from what was written; the first in the alphabet among
    /// equals.
    ///
    /// @param written what was written
    /// @param known the names to choose from; not empty
    static String of(String written, Collection<String> known) {
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(name ->
                        changes(written.toLowerCase(Locale.ROOT).replace('-', '_'), name.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    /// The Levenshtein distance.
    private static int changes(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
