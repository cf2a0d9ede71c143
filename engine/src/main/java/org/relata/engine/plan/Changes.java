package org.relata.engine.plan;

import java.util.List;
import java.util.Optional;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.value.Attribute;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.Matched;
import org.relata.engine.keys.RowMap;
import org.relata.engine.keys.Strings;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Slot;

/// An [Update] for given keys: which rows of the relation change, and by what.
///
/// @param update the update
/// @param parts for each of its parts, where values are, and the row of the relation that each row of them is added to
public record Changes(Update update, List<Rows> parts) {
    /// Copies.
    public Changes {
        parts = List.copyOf(parts);
    }

    /// Rows that are added.
    public record Rows(Slot slot, RowMap to) {}

    /// For each row of a part, the row of the relation that has its key; nothing if the relation lacks one.
    public static Optional<RowMap> rows(KeySet part, KeySet base, Strings strings, Memory.Scope scope) {
        String[] names = base.attributes().stream().map(Attribute::name).toArray(String[]::new);
        Matched matched = Matched.of(KeyMatch.on(names), part, base, strings, scope);
        if (matched.pairs() != part.rows()) {
            return Optional.empty();
        }
        return Optional.of(
                matched.left() instanceof RowMap.Identity ? matched.right() : inverse(matched, part.rows(), scope));
    }

    /// Pairs in the order of the left rows.
    private static RowMap inverse(Matched matched, int rows, Memory.Scope scope) {
        Ints to = Ints.unset(scope, rows);
        for (int pair = 0; pair < rows; pair++) {
            to.set(matched.left().at(pair), matched.right().at(pair));
        }
        return new RowMap.Indexed(to);
    }
}
