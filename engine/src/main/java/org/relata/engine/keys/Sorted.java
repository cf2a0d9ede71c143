package org.relata.engine.keys;

import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Rows in the order of their packed keys; rows of one key stay in order.
///
/// @param keys packed keys, by row
/// @param rows in order
/// @param size how many there are
/// @param apart owns the rows
record Sorted(Longs keys, Ints rows, int size, Memory.Scope apart) {
    /// Bits that one pass sorts by.
    private static final int BITS = 11;

    private static final int DIGITS = 1 << BITS;

    /// Sorts.
    ///
    /// @param range all keys lie between 0 (with) and this (without); negative if they may be anything
    /// @param passing owns what is needed meanwhile
    /// @param scope may own the rows
    static Sorted of(Longs keys, int size, long range, Memory.Scope passing, Memory.Scope scope) {
        Memory.Scope apart = scope.apart();
        Ints rows = Ints.unset(apart, size);
        for (int row = 0; row < size; row++) {
            rows.set(row, row);
        }
        if (isSorted(keys, size)) {
            return new Sorted(keys, rows, size, apart);
        }
        Ints other = Ints.unset(passing, size);
        int bits = range < 0 ? Long.SIZE : Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, range - 1));
        Ints from = rows;
        Ints to = other;
        for (int shift = 0; shift < bits; shift += BITS) {
            // The highest bit of a key that may be anything is its sign.
            boolean signed = range < 0 && shift + BITS >= Long.SIZE;
            pass(keys, from, to, size, shift, signed);
            Ints swapped = from;
            from = to;
            to = swapped;
        }
        if (from != rows) {
            for (int at = 0; at < size; at++) {
                rows.set(at, from.get(at));
            }
        }
        return new Sorted(keys, rows, size, apart);
    }

    private static boolean isSorted(Longs keys, int size) {
        for (int row = 1; row < size; row++) {
            if (keys.get(row) < keys.get(row - 1)) {
                return false;
            }
        }
        return true;
    }

    private static void pass(Longs keys, Ints from, Ints to, int size, int shift, boolean signed) {
        int[] starts = new int[DIGITS + 1];
        for (int at = 0; at < size; at++) {
            starts[digit(keys.get(at), shift, signed) + 1]++;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            starts[digit + 1] += starts[digit];
        }
        for (int at = 0; at < size; at++) {
            int row = from.get(at);
            to.set(starts[digit(keys.get(row), shift, signed)]++, row);
        }
    }

    private static int digit(long key, int shift, boolean signed) {
        long turned = signed ? key ^ Long.MIN_VALUE : key;
        return (int) (turned >>> shift) & (DIGITS - 1);
    }

    /// Rows of one key as groups.
    ///
    /// @param least smaller groups are left out, with their rows
    Groups groups(int least, Memory.Scope scope) {
        int count = 0;
        for (int at = 0; at < size; ) {
            int end = end(at);
            count += end - at >= least ? 1 : 0;
            at = end;
        }
        Ints starts = Ints.of(scope, count + 1L);
        Ints first = Ints.unset(scope, count);
        int group = 0;
        int kept = 0;
        for (int at = 0; at < size; ) {
            int end = end(at);
            if (end - at >= least) {
                first.set(group, rows.get(at));
                for (int each = at; each < end; each++) {
                    rows.set(kept++, rows.get(each));
                }
                starts.set(++group, kept);
            }
            at = end;
        }
        RowMap order = RowMap.of(rows, kept, size, apart, scope);
        return new Groups(count, order, starts, RowMap.of(first, count, size));
    }

    private int end(int at) {
        long key = keys.get(rows.get(at));
        int end = at + 1;
        while (end < size && keys.get(rows.get(end)) == key) {
            end++;
        }
        return end;
    }
}
