package org.relata.engine.keys;

import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Rows in the order of their packed keys; rows of one key stay in order.
///
/// @param keys packed keys, in order
/// @param rows in order
/// @param size how many there are
/// @param apart owns the rows
record Sorted(Longs keys, Ints rows, int size, Memory.Scope apart) {
    /// Bits that one pass sorts by.
    private static final int BITS = 11;

    private static final int DIGITS = 1 << BITS;

    /// Up to so many rows, keys and rows are moved together: that takes more memory, and looks nothing up.
    private static final int FEW = 1 << 22;

    /// Sorts.
    ///
    /// @param range all keys lie between 0 (with) and this (without); negative if they may be anything
    /// @param passing owns what is needed meanwhile
    /// @param scope may own the rows
    static Sorted of(Longs keys, int size, long range, Memory.Scope passing, Memory.Scope scope) {
        Memory.Scope apart = scope.apart();
        Ints rows = Ints.unset(apart, size);
        if (isSorted(keys, size)) {
            for (int row = 0; row < size; row++) {
                rows.set(row, row);
            }
            return new Sorted(keys, rows, size, apart);
        }
        int bits = range < 0 ? Long.SIZE : bits(range);
        Longs inOrder = size <= FEW && bits + bits(size) < Long.SIZE
                ? together(keys, rows, size, bits, passing)
                : apart(keys, rows, size, bits, range < 0, passing);
        return new Sorted(inOrder, rows, size, apart);
    }

    /// Bits of what is less than a number.
    private static int bits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, number - 1));
    }

    /// Sorts numbers of which each holds a key and its row.
    ///
    /// @return the keys in order
    private static Longs together(Longs keys, Ints rows, int size, int bits, Memory.Scope passing) {
        int shift = bits(size);
        Longs from = Longs.unset(passing, size);
        Longs to = Longs.unset(passing, size);
        for (int row = 0; row < size; row++) {
            from.set(row, keys.get(row) << shift | row);
        }
        for (int done = 0; done < bits; done += BITS) {
            int[] starts = starts(from, size, shift + done, false);
            for (int at = 0; at < size; at++) {
                long both = from.get(at);
                to.set(starts[digit(both, shift + done, false)]++, both);
            }
            Longs swapped = from;
            from = to;
            to = swapped;
        }
        long mask = (1L << shift) - 1;
        for (int at = 0; at < size; at++) {
            long both = from.get(at);
            rows.set(at, (int) (both & mask));
            to.set(at, both >>> shift);
        }
        return to;
    }

    /// Sorts rows, of which keys are looked up.
    ///
    /// @return the keys in order
    private static Longs apart(Longs keys, Ints rows, int size, int bits, boolean signed, Memory.Scope passing) {
        for (int row = 0; row < size; row++) {
            rows.set(row, row);
        }
        Ints from = rows;
        Ints to = Ints.unset(passing, size);
        for (int shift = 0; shift < bits; shift += BITS) {
            // The highest bit of a key that may be anything is its sign.
            boolean last = signed && shift + BITS >= Long.SIZE;
            int[] starts = starts(keys, size, shift, last);
            for (int at = 0; at < size; at++) {
                int row = from.get(at);
                to.set(starts[digit(keys.get(row), shift, last)]++, row);
            }
            Ints swapped = from;
            from = to;
            to = swapped;
        }
        Longs inOrder = Longs.unset(passing, size);
        for (int at = 0; at < size; at++) {
            int row = from.get(at);
            rows.set(at, row);
            inOrder.set(at, keys.get(row));
        }
        return inOrder;
    }

    private static boolean isSorted(Longs keys, int size) {
        for (int row = 1; row < size; row++) {
            if (keys.get(row) < keys.get(row - 1)) {
                return false;
            }
        }
        return true;
    }

    /// Where numbers of each digit go.
    private static int[] starts(Longs numbers, int size, int shift, boolean signed) {
        int[] starts = new int[DIGITS + 1];
        for (int at = 0; at < size; at++) {
            starts[digit(numbers.get(at), shift, signed) + 1]++;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            starts[digit + 1] += starts[digit];
        }
        return starts;
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

    /// Rows of one key as groups, however small. Groups are often single rows, or not, at random: so that nothing is
    /// guessed wrong, what follows from a row being the first is worked out without a branch.
    Groups groups(Memory.Scope scope) {
        int count = size == 0 ? 0 : 1;
        for (int at = 1; at < size; at++) {
            count += differs(at);
        }
        Ints starts = Ints.unset(scope, count + 1L);
        Ints first = Ints.unset(scope, count);
        int group = 0;
        for (int at = 0; at < size; at++) {
            group += at == 0 ? 0 : differs(at);
            starts.set(group + 1L, at + 1);
        }
        starts.set(0, 0);
        for (int each = 0; each < count; each++) {
            first.set(each, rows.get(starts.get(each)));
        }
        RowMap order = RowMap.of(rows, size, size, apart, scope);
        return new Groups(count, order, starts, RowMap.of(first, count, size));
    }

    /// 1 where a row has another key than the one before.
    private int differs(int at) {
        long change = keys.get(at) ^ keys.get(at - 1L);
        return (int) ((change | -change) >>> (Long.SIZE - 1));
    }

    private int end(int at) {
        long key = keys.get(at);
        int end = at + 1;
        while (end < size && keys.get(end) == key) {
            end++;
        }
        return end;
    }
}
