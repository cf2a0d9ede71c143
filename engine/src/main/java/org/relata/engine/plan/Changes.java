package org.relata.engine.plan;

import java.util.ArrayList;
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

    /// Finds the rows; nothing if a part has a key that the relation lacks.
    static Optional<Changes> of(
            Update update, KeySet base, List<Keyed> parts, List<Slot> slots, Strings strings, Memory.Scope scope) {
        String[] names = base.attributes().stream().map(Attribute::name).toArray(String[]::new);
        List<Rows> rows = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            KeySet keys = parts.get(index).keys();
            Matched matched = Matched.of(KeyMatch.on(names), keys, base, strings, scope);
            if (matched.pairs() != keys.rows()) {
                return Optional.empty();
            }
            RowMap to =
                    matched.left() instanceof RowMap.Identity ? matched.right() : inverse(matched, keys.rows(), scope);
            rows.add(new Rows(slots.get(index), to));
        }
        return Optional.of(new Changes(update, rows));
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
