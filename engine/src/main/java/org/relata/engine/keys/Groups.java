package org.relata.engine.keys;

import java.util.BitSet;
import java.util.List;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Memory;

/// Rows that fall together.
///
/// @param count how many groups there are, none of them empty
/// @param order rows of the input, group by group
/// @param starts where each group begins in that order, and at the end how many rows there are
/// @param first a row of the input for each group
/// @param places where the result of each group stands
public record Groups(int count, RowMap order, Ints starts, RowMap first, RowMap places) {
    /// Groups of which each has a result, in order.
    public Groups(int count, RowMap order, Ints starts, RowMap first) {
        this(count, order, starts, first, new RowMap.Identity());
    }

    /// Groups rows by the columns of their new key. Without a column all rows are one group.
    ///
    /// @param least smaller groups are left out, with their rows
    public static Groups of(List<Column> by, int rows, int least, Memory.Scope scope) {
        if (by.isEmpty()) {
            int count = rows < least ? 0 : 1;
            Ints starts = Ints.of(scope, 2);
            starts.set(count, count == 0 ? 0 : rows);
            return new Groups(count, new RowMap.Identity(), starts, new RowMap.Identity());
        }
        try (Memory.Scope passing = scope.fresh()) {
            Packing packed = Packing.of(by, rows, passing);
            Sorted sorted = Sorted.of(packed.left(), rows, packed.range(), passing, scope);
            return sorted.groups(least, scope);
        }
    }

    /// Some of the groups; their results stay where they are.
    public Groups only(BitSet which, Memory.Scope scope) {
        int kept = 0;
        for (int group = which.nextSetBit(0); group >= 0; group = which.nextSetBit(group + 1)) {
            kept += size(group);
        }
        Ints rows = Ints.unset(scope, kept);
        Ints begins = Ints.of(scope, which.cardinality() + 1L);
        Ints results = Ints.of(scope, which.cardinality());
        int number = 0;
        int to = 0;
        for (int group = which.nextSetBit(0); group >= 0; group = which.nextSetBit(group + 1)) {
            for (int at = starts.get(group); at < starts.get(group + 1L); at++) {
                rows.set(to++, order.at(at));
            }
            results.set(number++, group);
            begins.set(number, to);
        }
        return new Groups(number, new RowMap.Indexed(rows), begins, first, new RowMap.Indexed(results));
    }

    /// How many rows the groups have together.
    public int rows() {
        return starts.get(count);
    }

    /// How many rows a group has.
    public int size(int group) {
        return starts.get(group + 1L) - starts.get(group);
    }
}
