package org.relata.sql.parse;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A name as written: unquoted it matches whatever the case, quoted exactly.
record Identifier(String text, boolean quoted, Place place) {
    /// Whether it names what was declared under a name.
    boolean matches(String declared) {
        return quoted ? declared.equals(text) : declared.equalsIgnoreCase(text);
    }

    /// The declared name that it means, if any does.
    Optional<String> find(Collection<String> declared) {
        return declared.stream().filter(this::matches).findFirst();
    }

    /// “did you mean …”, or what there is, or nothing.
    String hint(Collection<String> declared) {
        Optional<String> nearest = nearest(declared);
        if (nearest.isPresent()) {
            boolean onlyCase = quoted && nearest.get().equalsIgnoreCase(text);
            return "did you mean \"" + nearest.get() + "\"?" + (onlyCase ? " Quoted names match exactly" : "");
        }
        List<String> some = declared.stream().distinct().limit(10).toList();
        return some.isEmpty() ? "" : "there are " + String.join(", ", some);
    }

    private Optional<String> nearest(Collection<String> declared) {
        Optional<String> best = Optional.empty();
        int least = Math.max(1, text.length() / 3) + 1;
        for (String each : declared) {
            int distance = distance(text.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT), least);
            if (distance < least) {
                least = distance;
                best = Optional.of(each);
            }
        }
        return best;
    }

    /// How many letters differ (Levenshtein); `limit` if that many or more do.
    private static int distance(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) >= limit || one.length() > 100) {
            return limit;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return Math.min(limit, row[other.length()]);
    }

    @Override
    public String toString() {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
