package org.relata.engine.keys;

import java.util.List;
import java.util.OptionalLong;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Several columns as one number a row, equal for rows that are equal in all of them. Two relations that are to be
/// compared are packed together.
///
/// @param left a number for each row of the left relation
/// @param right a number for each row of the right one
/// @param range all numbers lie between 0 (with) and this (without), or it is negative and they may be anything
/// @param least what the numbers are less by than the values of the only column; nothing if they tell no values
record Packing(Longs left, Longs right, long range, OptionalLong least) {
    private static final long MOST = 1L << 62;

    /// Packs the columns of one relation.
    static Packing of(List<Column> columns, int rows, Memory.Scope scope) {
        return of(columns, rows, List.copyOf(columns), 0, scope);
    }

    /// Packs columns that mean the same in two relations.
    static Packing of(List<Column> left, int leftRows, List<Column> right, int rightRows, Memory.Scope scope) {
        Longs lefts = Longs.of(scope, leftRows);
        Longs rights = Longs.of(scope, rightRows);
        long range = 1;
        OptionalLong least = OptionalLong.empty();
        for (int index = 0; index < left.size(); index++) {
            Extremes extremes = new Extremes();
            extremes.see(left.get(index), leftRows);
            extremes.see(right.get(index), rightRows);
            long count = extremes.count();
            if (count < 0 || Math.multiplyHigh(range, count) != 0 || range * count > MOST || range * count < 0) {
                // Too wide to place side by side: what was seen so far, and this column, are numbered anew.
                LongIds so = new LongIds();
                number(lefts, leftRows, so);
                number(rights, rightRows, so);
                LongIds here = new LongIds();
                add(lefts, left.get(index), leftRows, here, so.size());
                add(rights, right.get(index), rightRows, here, so.size());
                range = Math.max(1, (long) so.size()) * Math.max(1, here.size());
                // Rows are fewer than 2³¹ on each side, so that products of their numbers always fit.
            } else {
                place(lefts, left.get(index), leftRows, extremes.least, count);
                place(rights, right.get(index), rightRows, extremes.least, count);
                range *= count;
                least = left.size() == 1 ? OptionalLong.of(extremes.least) : least;
            }
        }
        return new Packing(lefts, rights, range, least);
    }

    private static void number(Longs values, int rows, LongIds ids) {
        for (int row = 0; row < rows; row++) {
            values.set(row, ids.id(values.get(row)));
        }
    }

    private static void add(Longs values, Column column, int rows, LongIds ids, int others) {
        long[] block = new long[Column.BLOCK];
        for (int row = 0; row < rows; row++) {
            int at = row % Column.BLOCK;
            if (at == 0) {
                column.read(row, Math.min(Column.BLOCK, rows - row), block);
            }
            values.set(row, (long) ids.id(block[at]) * Math.max(1, others) + values.get(row));
        }
    }

    private static void place(Longs values, Column column, int rows, long least, long count) {
        long[] block = new long[Column.BLOCK];
        long[] before = new long[Column.BLOCK];
        for (int row = 0; row < rows; row += Column.BLOCK) {
            int size = Math.min(Column.BLOCK, rows - row);
            column.read(row, size, block);
            values.copy(row, before, size);
            for (int i = 0; i < size; i++) {
                before[i] = before[i] * count + (block[i] - least);
            }
            values.copy(before, row, size);
        }
    }

    /// The range of values that were seen.
    private static final class Extremes {
        private long least = Long.MAX_VALUE;
        private long most = Long.MIN_VALUE;

        void see(Column column, int rows) {
            if (column instanceof Column.Dense(long from, long count, long _)) {
                least = Math.min(least, from);
                most = Math.max(most, from + count - 1);
                return;
            }
            long[] block = new long[Column.BLOCK];
            for (int row = 0; row < rows; row += Column.BLOCK) {
                int size = Math.min(Column.BLOCK, rows - row);
                column.read(row, size, block);
                for (int i = 0; i < size; i++) {
                    least = Math.min(least, block[i]);
                    most = Math.max(most, block[i]);
                }
            }
        }

        /// Negative when it is beyond counting.
        long count() {
            return least > most ? 1 : most - least < 0 ? -1 : most - least + 1;
        }
    }
}
