package org.relata.engine.keys;

import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Groups of rows whose keys are few: each key has a counter, so that rows find their place without being compared.
///
/// @param groups in the order of their keys
/// @param starts where the rows of each key begin, and at the end how many there are
record Counted(Groups groups, int[] starts) {
    /// Groups rows; those of one key stay in order.
    ///
    /// @param keys of all rows, from 0 on
    /// @param range all are less
    static Counted of(Longs keys, int rows, int range, Memory.Scope scope) {
        int[] starts = new int[range + 1];
        long[] block = new long[Column.BLOCK];
        boolean sorted = true;
        long last = 0;
        for (int row = 0; row < rows; row += Column.BLOCK) {
            int size = Math.min(Column.BLOCK, rows - row);
            keys.copy(row, block, size);
            for (int i = 0; i < size; i++) {
                long key = block[i];
                starts[(int) key + 1]++;
                sorted &= key >= last;
                last = key;
            }
        }
        int count = 0;
        for (int key = 0; key < range; key++) {
            count += starts[key + 1] > 0 ? 1 : 0;
            starts[key + 1] += starts[key];
        }
        Ints begins = Ints.unset(scope, count + 1L);
        int group = 0;
        for (int key = 0; key < range; key++) {
            if (starts[key + 1] > starts[key]) {
                begins.set(group++, starts[key]);
            }
        }
        begins.set(count, rows);
        RowMap order = sorted ? new RowMap.Identity() : order(keys, rows, starts.clone(), scope);
        Ints first = Ints.unset(scope, count);
        for (int each = 0; each < count; each++) {
            first.set(each, order.at(begins.get(each)));
        }
        return new Counted(new Groups(count, order, begins, RowMap.of(first, count, rows)), starts);
    }

    private static RowMap order(Longs keys, int rows, int[] next, Memory.Scope scope) {
        Ints order = Ints.unset(scope, rows);
        long[] block = new long[Column.BLOCK];
        for (int row = 0; row < rows; row += Column.BLOCK) {
            int size = Math.min(Column.BLOCK, rows - row);
            keys.copy(row, block, size);
            for (int i = 0; i < size; i++) {
                order.set(next[(int) block[i]]++, row + i);
            }
        }
        return new RowMap.Indexed(order);
    }

    /// The key of each group.
    ///
    /// @param least what is to be added to keys
    Longs keys(long least, Memory.Scope scope) {
        Longs values = Longs.unset(scope, groups.count());
        int group = 0;
        for (int key = 0; key + 1 < starts.length; key++) {
            if (starts[key + 1] > starts[key]) {
                values.set(group++, least + key);
            }
        }
        return values;
    }
}
