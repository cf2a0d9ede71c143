package org.relata.database.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name a user probably meant.
public final class Nearest {
    private Nearest() {}

    /// The candidate fewest edits away, if it is near enough to be a slip.
    ///
    /// @param written what the user wrote
    /// @param candidates the names there are
    public static Optional<String> to(String written, Collection<String> candidates) {
        String lower = written.toLowerCase(Locale.ROOT);
        int limit = Math.max(2, written.length() / 3);
        return candidates.stream()
                .min(Comparator.comparingInt((String c) -> edits(lower, c.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(c -> edits(lower, c.toLowerCase(Locale.ROOT)) <= limit);
    }

    /// A remedy: the nearest candidate, or all of them.
    public static String remedy(String written, Collection<String> candidates) {
        return to(written, candidates)
                .map(c -> "did you mean " + c + "?")
                .orElseGet(() -> candidates.isEmpty()
                        ? "there is none to choose from"
                        : "use one of: "
                                + String.join(
                                        ", ", candidates.stream().limit(40).toList()));
    }

    /// Insertions, deletions and replacements that turn one text into the other.
    static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
