package org.relata.database.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the names of columns and tables suggest. All names here are plain: lower case, letters and digits only.
final class Names {
    /// Longer endings first: `uuid` is not `uu` and `id`.
    private static final List<String> KEY_ENDINGS =
            List.of("uuid", "guid", "number", "code", "key", "num", "id", "no", "nr");

    private Names() {}

    /// The name without an ending such as `id`; empty when it has none. `customerid` gives `customer`, `id` gives ``.
    static Optional<String> keyStem(String plainColumn) {
        return KEY_ENDINGS.stream()
                .filter(plainColumn::endsWith)
                .findFirst()
                .map(e -> plainColumn.substring(0, plainColumn.length() - e.length()));
    }

    /// The words of a name as it is written: `homeTeam_ID` gives `home`, `team`, `id`.
    static List<String> words(String name) {
        return java.util.Arrays.stream(
                        name.split("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})"))
                .filter(w -> !w.isEmpty())
                .map(w -> w.toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    /// The last word of a name; empty for a name without letters.
    static String lastWord(String name) {
        List<String> words = words(name);
        return words.isEmpty() ? "" : words.getLast();
    }

    /// Whether the name ends as the names of keys do beyond doubt: `driverId` and `order_key` do, `grid` does not.
    static boolean looksLikeKey(String name) {
        return switch (lastWord(name)) {
            case "id", "key", "fk", "uuid", "guid", "sk" -> true;
            default -> false;
        };
    }

    /// A table's name and what one of its rows may be called: `categories` gives `categories`, `category`.
    static List<String> singulars(String plainTable) {
        List<String> result = new ArrayList<>();
        result.add(plainTable);
        if (plainTable.endsWith("ies") && plainTable.length() > 4) {
            result.add(plainTable.substring(0, plainTable.length() - 3) + "y");
        }
        if (plainTable.endsWith("es") && plainTable.length() > 4) {
            result.add(plainTable.substring(0, plainTable.length() - 2));
        }
        if (plainTable.endsWith("s") && plainTable.length() > 2) {
            result.add(plainTable.substring(0, plainTable.length() - 1));
        }
        if (plainTable.equals("people")) {
            result.add("person");
        }
        return result;
    }

    /// How strongly a column's name speaks for a link to a table with that key: 0 not at all, 3 beyond doubt.
    static int linkStrength(String column, String table, String key) {
        List<String> rows = singulars(table);
        boolean generic = key.length() <= 2 || key.equals("key") || key.equals("code") || key.equals("uuid");
        if (!generic && column.equals(key)) {
            return 3;
        }
        Optional<String> stem = keyStem(column);
        if (stem.isPresent() && rows.contains(stem.get()) || rows.contains(column)) {
            return 3;
        }
        // `hometeamid` for `teams`: the table's name ends the stem.
        if (stem.isPresent()
                && rows.stream().anyMatch(r -> r.length() > 2 && stem.get().endsWith(r))) {
            return 2;
        }
        if (!generic && column.endsWith(key)) {
            return 2;
        }
        return 0;
    }
}
