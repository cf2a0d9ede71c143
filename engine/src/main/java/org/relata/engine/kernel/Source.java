package org.relata.engine.kernel;

import java.util.List;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.PredicateCode;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Slot;

/// Where the numbers of a block come from.
public sealed interface Source {
    /// Values of a relation.
    record Tuples(Slot slot, RowMap map) implements Source {}

    /// Integers of a key.
    record Keys(Column column) implements Source {}

    /// 1 where a condition on keys holds.
    record Test(PredicateCode condition, RowMap left, RowMap right) implements Source {}

    /// What random numbers depend on.
    ///
    /// @param stream their name
    /// @param words for each part of the key, its value in each row
    /// @param scalar whether there is one number a row
    record Randoms(String stream, List<Words> words, boolean scalar) {}

    /// A part of a key.
    sealed interface Words {
        /// An integer.
        record Whole(Column column) implements Words {}

        /// A string, by its number.
        record Text(Column column) implements Words {}
    }
}
