package org.relata.engine.lanes;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.relata.engine.memory.Addresses;

/// Rows that stand here and there in memory: copied, changed, or added up.
///
/// Four vectors at a time, which stand in registers meanwhile: the fewer instructions a row takes, the more rows the
/// processor fetches at once. That is also why memory is read by address, without the checks of segments; that rows are
/// where they should be is up to the keys, and asserted.
///
/// Rows need not end with a vector: the last vector then overlaps the one before, and both are worked out before either
/// is stored.
final class VectorRows {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment MEMORY = Addresses.MEMORY;
    /// Vectors that are worked on at a time.
    private static final int ATATIME = 4;

    /// Bytes of far rows that are brought near at a time.
    private static final int NEAR = 1 << 16;

    private VectorRows() {}

    /// Where vectors begin in a row of at least one, four after four. Two that overlap are among the same four.
    static int[] columns(int width) {
        int vectors = (width + LANES - 1) / LANES;
        int fours = (vectors + ATATIME - 1) / ATATIME;
        int[] columns = new int[fours * ATATIME];
        int next = 0;
        for (int four = 0; four < fours; four++) {
            int left = vectors - next;
            int some = left == ATATIME + 1 ? ATATIME - 1 : Math.min(left, ATATIME);
            for (int each = 0; each < ATATIME; each++) {
                int vector = next + Math.min(each, some - 1);
                columns[four * ATATIME + each] = Math.min(vector * LANES, width - LANES);
            }
            next += some;
        }
        return columns;
    }

    private static boolean lie(int[] rows, int at, int count, int width, MemorySegment memory) {
        for (int row = at; row < at + count; row++) {
            if ((rows[row] + 1L) * width * Float.BYTES > memory.byteSize()) {
                return false;
            }
        }
        return true;
    }

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, MEMORY, address, ORDER);
    }

    private static void store(FloatVector vector, long address) {
        vector.intoMemorySegment(MEMORY, address, ORDER);
    }

    /// Adds listed rows, each times its factor, to numbers in an array. Rows at −1 are left out.
    static void add(
            float[] factors,
            int factorAt,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            float[] to,
            int[] columns) {
        assert lie(rows, rowAt, count, width, from);
        for (int four = 0; four < columns.length; four += ATATIME) {
            addFour(factors, factorAt, rows, rowAt, count, from.address(), width, to, columns, four);
        }
    }

    private static void addFour(
            float[] factors,
            int factorAt,
            int[] rows,
            int rowAt,
            int count,
            long from,
            int width,
            float[] to,
            int[] columns,
            int four) {
        int column0 = columns[four];
        int column1 = columns[four + 1];
        int column2 = columns[four + 2];
        int column3 = columns[four + 3];
        FloatVector sum0 = FloatVector.fromArray(FLOATS, to, column0);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, to, column1);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, to, column2);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, to, column3);
        for (int each = 0; each < count; each++) {
            int row = rows[rowAt + each];
            if (row >= 0) {
                long at = from + (long) row * width * Float.BYTES;
                FloatVector factor = FloatVector.broadcast(FLOATS, factors[factorAt + each]);
                sum0 = load(at + (long) column0 * Float.BYTES).fma(factor, sum0);
                sum1 = load(at + (long) column1 * Float.BYTES).fma(factor, sum1);
                sum2 = load(at + (long) column2 * Float.BYTES).fma(factor, sum2);
                sum3 = load(at + (long) column3 * Float.BYTES).fma(factor, sum3);
            }
        }
        sum0.intoArray(to, column0);
        sum1.intoArray(to, column1);
        sum2.intoArray(to, column2);
        sum3.intoArray(to, column3);
    }

    /// Adds rows that follow each other, each times a factor, to listed rows.
    static void addTo(
            float factor,
            MemorySegment from,
            long first,
            int count,
            int[] rows,
            int width,
            MemorySegment to,
            int[] columns) {
        assert lie(rows, 0, count, width, to);
        long at = from.address() + first * width * Float.BYTES;
        boolean far = FarRows.isFar(to);
        int some = far ? Math.max(1, NEAR / (width * Float.BYTES)) : count;
        for (int begin = 0; begin < count; begin += some) {
            int end = Math.min(count, begin + some);
            if (far) {
                FarRows.touch(to, rows, begin, end, width * Float.BYTES);
            }
            for (int four = 0; four < columns.length; four += ATATIME) {
                addFourTo(factor, at, begin, end, rows, width, to.address(), columns, four);
            }
        }
    }

    private static void addFourTo(
            float factor, long from, int begin, int end, int[] rows, int width, long to, int[] columns, int four) {
        long column0 = (long) columns[four] * Float.BYTES;
        long column1 = (long) columns[four + 1] * Float.BYTES;
        long column2 = (long) columns[four + 2] * Float.BYTES;
        long column3 = (long) columns[four + 3] * Float.BYTES;
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        for (int row = begin; row < end; row++) {
            long at = from + (long) row * width * Float.BYTES;
            long toAt = to + (long) rows[row] * width * Float.BYTES;
            FloatVector sum0 = load(at + column0).fma(factors, load(toAt + column0));
            FloatVector sum1 = load(at + column1).fma(factors, load(toAt + column1));
            FloatVector sum2 = load(at + column2).fma(factors, load(toAt + column2));
            FloatVector sum3 = load(at + column3).fma(factors, load(toAt + column3));
            store(sum0, toAt + column0);
            store(sum1, toAt + column1);
            store(sum2, toAt + column2);
            store(sum3, toAt + column3);
        }
    }

    /// Adds rows of an array, each times its factor, to listed rows of another.
    static void scatter(float[] factors, float[] values, int[] rows, int count, int width, float[] to, int[] columns) {
        for (int four = 0; four < columns.length; four += ATATIME) {
            int column0 = columns[four];
            int column1 = columns[four + 1];
            int column2 = columns[four + 2];
            int column3 = columns[four + 3];
            for (int row = 0; row < count; row++) {
                FloatVector factor = FloatVector.broadcast(FLOATS, factors[row]);
                int at = row * width;
                int toAt = rows[row] * width;
                FloatVector sum0 = plus(values, at + column0, factor, to, toAt + column0);
                FloatVector sum1 = plus(values, at + column1, factor, to, toAt + column1);
                FloatVector sum2 = plus(values, at + column2, factor, to, toAt + column2);
                FloatVector sum3 = plus(values, at + column3, factor, to, toAt + column3);
                sum0.intoArray(to, toAt + column0);
                sum1.intoArray(to, toAt + column1);
                sum2.intoArray(to, toAt + column2);
                sum3.intoArray(to, toAt + column3);
            }
        }
    }

    private static FloatVector plus(float[] values, int at, FloatVector factor, float[] to, int toAt) {
        return FloatVector.fromArray(FLOATS, values, at).fma(factor, FloatVector.fromArray(FLOATS, to, toAt));
    }

    /// Copies listed rows; at −1 stand zeros.
    static void gather(MemorySegment from, int width, int[] rows, int count, float[] to, int toAt, int[] columns) {
        assert lie(rows, 0, count, width, from);
        for (int four = 0; four < columns.length; four += ATATIME) {
            gatherFour(from.address(), width, rows, count, to, toAt, columns, four);
        }
    }

    private static void gatherFour(
            long from, int width, int[] rows, int count, float[] to, int toAt, int[] columns, int four) {
        int column0 = columns[four];
        int column1 = columns[four + 1];
        int column2 = columns[four + 2];
        int column3 = columns[four + 3];
        for (int row = 0; row < count; row++) {
            int out = toAt + row * width;
            if (rows[row] < 0) {
                FloatVector zeros = FloatVector.zero(FLOATS);
                zeros.intoArray(to, out + column0);
                zeros.intoArray(to, out + column1);
                zeros.intoArray(to, out + column2);
                zeros.intoArray(to, out + column3);
            } else {
                long at = from + (long) rows[row] * width * Float.BYTES;
                load(at + (long) column0 * Float.BYTES).intoArray(to, out + column0);
                load(at + (long) column1 * Float.BYTES).intoArray(to, out + column1);
                load(at + (long) column2 * Float.BYTES).intoArray(to, out + column2);
                load(at + (long) column3 * Float.BYTES).intoArray(to, out + column3);
            }
        }
    }

    /// Adds up rows of an array, each times its factor, group by group, and stores each sum as a row in memory.
    ///
    /// @param starts where groups begin, and at the end where the last one ends
    /// @param places the rows in which sums are stored
    static void sum(
            float[] factors,
            float[] values,
            int[] starts,
            int groups,
            int[] places,
            int width,
            MemorySegment to,
            int[] columns) {
        assert lie(places, 0, groups, width, to);
        for (int four = 0; four < columns.length; four += ATATIME) {
            sumFour(factors, values, starts, groups, places, width, to.address(), columns, four);
        }
    }

    private static void sumFour(
            float[] factors,
            float[] values,
            int[] starts,
            int groups,
            int[] places,
            int width,
            long to,
            int[] columns,
            int four) {
        int column0 = columns[four];
        int column1 = columns[four + 1];
        int column2 = columns[four + 2];
        int column3 = columns[four + 3];
        for (int group = 0; group < groups; group++) {
            FloatVector sum0 = FloatVector.zero(FLOATS);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            int end = starts[group + 1];
            for (int row = starts[group]; row < end; row++) {
                FloatVector factor = FloatVector.broadcast(FLOATS, factors[row]);
                int at = row * width;
                sum0 = FloatVector.fromArray(FLOATS, values, at + column0).fma(factor, sum0);
                sum1 = FloatVector.fromArray(FLOATS, values, at + column1).fma(factor, sum1);
                sum2 = FloatVector.fromArray(FLOATS, values, at + column2).fma(factor, sum2);
                sum3 = FloatVector.fromArray(FLOATS, values, at + column3).fma(factor, sum3);
            }
            long toAt = to + (long) places[group] * width * Float.BYTES;
            store(sum0, toAt + (long) column0 * Float.BYTES);
            store(sum1, toAt + (long) column1 * Float.BYTES);
            store(sum2, toAt + (long) column2 * Float.BYTES);
            store(sum3, toAt + (long) column3 * Float.BYTES);
        }
    }

    /// The same for listed rows of memory. Rows at −1 are left out.
    static void sum(
            float[] factors,
            int[] rows,
            MemorySegment from,
            int[] starts,
            int groups,
            int[] places,
            int width,
            MemorySegment to,
            int[] columns) {
        assert lie(places, 0, groups, width, to) && lie(rows, starts[0], starts[groups] - starts[0], width, from);
        boolean far = FarRows.isFar(from);
        int some = far ? Math.max(1, NEAR / (width * Float.BYTES)) : Integer.MAX_VALUE;
        int first = 0;
        while (first < groups) {
            int end = first + 1;
            while (end < groups && starts[end + 1] - starts[first] <= some) {
                end++;
            }
            if (far) {
                FarRows.touch(from, rows, starts[first], starts[end], width * Float.BYTES);
            }
            for (int four = 0; four < columns.length; four += ATATIME) {
                sumFour(factors, rows, from.address(), starts, first, end, places, width, to.address(), columns, four);
            }
            first = end;
        }
    }

    private static void sumFour(
            float[] factors,
            int[] rows,
            long from,
            int[] starts,
            int firstGroup,
            int endGroup,
            int[] places,
            int width,
            long to,
            int[] columns,
            int four) {
        long column0 = (long) columns[four] * Float.BYTES;
        long column1 = (long) columns[four + 1] * Float.BYTES;
        long column2 = (long) columns[four + 2] * Float.BYTES;
        long column3 = (long) columns[four + 3] * Float.BYTES;
        for (int group = firstGroup; group < endGroup; group++) {
            FloatVector sum0 = FloatVector.zero(FLOATS);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            int end = starts[group + 1];
            for (int each = starts[group]; each < end; each++) {
                if (rows[each] >= 0) {
                    FloatVector factor = FloatVector.broadcast(FLOATS, factors[each]);
                    long at = from + (long) rows[each] * width * Float.BYTES;
                    sum0 = load(at + column0).fma(factor, sum0);
                    sum1 = load(at + column1).fma(factor, sum1);
                    sum2 = load(at + column2).fma(factor, sum2);
                    sum3 = load(at + column3).fma(factor, sum3);
                }
            }
            long toAt = to + (long) places[group] * width * Float.BYTES;
            store(sum0, toAt + column0);
            store(sum1, toAt + column1);
            store(sum2, toAt + column2);
            store(sum3, toAt + column3);
        }
    }
}
