package org.relata.engine.keys;

import java.util.BitSet;
import java.util.List;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Rows that fall together.
///
/// @param count how many groups there are, none of them empty
/// @param order rows of the input, group by group
/// @param starts where each group begins in that order, and at the end how many rows there are
/// @param first a row of the input for each group
/// @param places where the result of each group stands
public record Groups(int count, RowMap order, Ints starts, RowMap first, RowMap places) {
    /// Keys of which each may have a counter that stays near a core.
    private static final int COUNTED = 1 << 14;

    /// Groups of which each has a result, in order.
    public Groups(int count, RowMap order, Ints starts, RowMap first) {
        this(count, order, starts, first, new RowMap.Identity());
    }

    /// Groups, and what they are grouped by.
    ///
    /// @param keys the value of each column for each group
    public record Found(Groups groups, List<Column> keys) {
        /// Copies.
        public Found {
            keys = List.copyOf(keys);
        }
    }

    /// Groups rows by the columns of their new key. Without a column all rows are one group.
    ///
    /// @param least smaller groups are left out, with their rows
    public static Found of(List<Column> by, int rows, int least, Memory.Scope scope) {
        if (by.isEmpty()) {
            int count = rows < least ? 0 : 1;
            Ints starts = Ints.of(scope, 2);
            starts.set(count, count == 0 ? 0 : rows);
            return new Found(new Groups(count, new RowMap.Identity(), starts, new RowMap.Identity()), List.of());
        }
        if (by.size() == 1
                && least == 1
                && by.getFirst() instanceof Column.Dense dense
                && dense.count() * dense.stride() >= rows) {
            return even(dense, rows, scope);
        }
        try (Memory.Scope passing = scope.fresh()) {
            Packing packed = Packing.of(by, rows, passing);
            if (least == 1 && packed.range() >= 0 && packed.range() <= Math.min(COUNTED, rows / 8)) {
                Counted counted = Counted.of(packed.left(), rows, (int) packed.range(), scope);
                return new Found(
                        counted.groups(),
                        packed.least().isPresent()
                                ? List.of(new Column.Stored(
                                        counted.keys(packed.least().getAsLong(), scope)))
                                : through(by, counted.groups()));
            }
            Sorted sorted = Sorted.of(packed.left(), rows, packed.range(), passing, scope);
            Groups groups = least == 1 ? sorted.groups(scope) : sorted.groups(least, scope);
            if (least == 1 && packed.least().isPresent()) {
                Longs values = Longs.unset(scope, groups.count);
                long from = packed.least().getAsLong();
                for (int group = 0; group < groups.count; group++) {
                    values.set(group, from + sorted.keys().get(groups.starts.get(group)));
                }
                return new Found(groups, List.of(new Column.Stored(values)));
            }
            return new Found(groups, through(by, groups));
        }
    }

    private static List<Column> through(List<Column> by, Groups groups) {
        return by.stream().map(column -> column.through(groups.first)).toList();
    }

    /// Rows that stand in order already, equally many in each group but the last.
    private static Found even(Column.Dense by, int rows, Memory.Scope scope) {
        int stride = (int) Math.min(by.stride(), Math.max(rows, 1));
        int count = Math.ceilDiv(rows, stride);
        Ints starts = Ints.unset(scope, count + 1L);
        Ints first = Ints.unset(scope, count);
        for (int group = 0; group < count; group++) {
            starts.set(group, group * stride);
            first.set(group, group * stride);
        }
        starts.set(count, rows);
        Groups groups = new Groups(count, new RowMap.Identity(), starts, RowMap.of(first, count, rows));
        return new Found(groups, List.of(new Column.Dense(by.from(), Math.max(count, 1), 1)));
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

    /// The group of each row. All rows are in one.
    public Ints ofRows(Memory.Scope scope) {
        Ints groups = Ints.unset(scope, rows());
        for (int group = 0; group < count; group++) {
            int end = starts.get(group + 1L);
            for (int at = starts.get(group); at < end; at++) {
                groups.set(order.at(at), group);
            }
        }
        return groups;
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
