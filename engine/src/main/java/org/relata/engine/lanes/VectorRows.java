package org.relata.engine.lanes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Sums of listed rows in memory, a few vectors at a time, which stand in registers meanwhile: the fewer instructions a
/// row takes, the more rows the processor fetches at once.
final class VectorRows {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final int BYTES = LANES * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorRows() {}

    private static FloatVector load(MemorySegment from, long at) {
        return FloatVector.fromMemorySegment(FLOATS, from, at, ORDER);
    }

    private static FloatVector factor(float @Nullable [] factors, int at) {
        return FloatVector.broadcast(FLOATS, factors == null ? 1 : factors[at]);
    }

    /// One vector, which may go beyond the end of a row.
    static void add1(
            float @Nullable [] factors,
            int factorAt,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        VectorMask<Float> some = FLOATS.indexInRange(column, width);
        FloatVector sum = FloatVector.fromArray(FLOATS, to, column, some);
        for (int each = 0; each < count; each++) {
            if (rows[rowAt + each] >= 0) {
                long at = ((long) rows[rowAt + each] * width + column) * Float.BYTES;
                FloatVector row = FloatVector.fromMemorySegment(FLOATS, from, at, ORDER, some);
                sum = row.fma(factor(factors, factorAt + each), sum);
            }
        }
        sum.intoArray(to, column, some);
    }

    /// Two vectors.
    static void add2(
            float @Nullable [] factors,
            int factorAt,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        FloatVector sum0 = FloatVector.fromArray(FLOATS, to, column);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, to, column + LANES);
        for (int each = 0; each < count; each++) {
            if (rows[rowAt + each] >= 0) {
                long at = ((long) rows[rowAt + each] * width + column) * Float.BYTES;
                FloatVector factor = factor(factors, factorAt + each);
                sum0 = load(from, at).fma(factor, sum0);
                sum1 = load(from, at + BYTES).fma(factor, sum1);
            }
        }
        sum0.intoArray(to, column);
        sum1.intoArray(to, column + LANES);
    }

    /// Four vectors.
    static void add4(
            float @Nullable [] factors,
            int factorAt,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        FloatVector sum0 = FloatVector.fromArray(FLOATS, to, column);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, to, column + LANES);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, to, column + 2 * LANES);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, to, column + 3 * LANES);
        for (int each = 0; each < count; each++) {
            if (rows[rowAt + each] >= 0) {
                long at = ((long) rows[rowAt + each] * width + column) * Float.BYTES;
                FloatVector factor = factor(factors, factorAt + each);
                sum0 = load(from, at).fma(factor, sum0);
                sum1 = load(from, at + BYTES).fma(factor, sum1);
                sum2 = load(from, at + 2 * BYTES).fma(factor, sum2);
                sum3 = load(from, at + 3 * BYTES).fma(factor, sum3);
            }
        }
        sum0.intoArray(to, column);
        sum1.intoArray(to, column + LANES);
        sum2.intoArray(to, column + 2 * LANES);
        sum3.intoArray(to, column + 3 * LANES);
    }

    /// Eight vectors.
    static void add8(
            float @Nullable [] factors,
            int factorAt,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        FloatVector sum0 = FloatVector.fromArray(FLOATS, to, column);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, to, column + LANES);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, to, column + 2 * LANES);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, to, column + 3 * LANES);
        FloatVector sum4 = FloatVector.fromArray(FLOATS, to, column + 4 * LANES);
        FloatVector sum5 = FloatVector.fromArray(FLOATS, to, column + 5 * LANES);
        FloatVector sum6 = FloatVector.fromArray(FLOATS, to, column + 6 * LANES);
        FloatVector sum7 = FloatVector.fromArray(FLOATS, to, column + 7 * LANES);
        for (int each = 0; each < count; each++) {
            if (rows[rowAt + each] >= 0) {
                long at = ((long) rows[rowAt + each] * width + column) * Float.BYTES;
                FloatVector factor = factor(factors, factorAt + each);
                sum0 = load(from, at).fma(factor, sum0);
                sum1 = load(from, at + BYTES).fma(factor, sum1);
                sum2 = load(from, at + 2 * BYTES).fma(factor, sum2);
                sum3 = load(from, at + 3 * BYTES).fma(factor, sum3);
                sum4 = load(from, at + 4 * BYTES).fma(factor, sum4);
                sum5 = load(from, at + 5 * BYTES).fma(factor, sum5);
                sum6 = load(from, at + 6 * BYTES).fma(factor, sum6);
                sum7 = load(from, at + 7 * BYTES).fma(factor, sum7);
            }
        }
        sum0.intoArray(to, column);
        sum1.intoArray(to, column + LANES);
        sum2.intoArray(to, column + 2 * LANES);
        sum3.intoArray(to, column + 3 * LANES);
        sum4.intoArray(to, column + 4 * LANES);
        sum5.intoArray(to, column + 5 * LANES);
        sum6.intoArray(to, column + 6 * LANES);
        sum7.intoArray(to, column + 7 * LANES);
    }

    /// Adds rows, each times a factor, to rows elsewhere.
    static void addTo(
            float factor, MemorySegment from, long first, int count, int[] rows, int width, MemorySegment to) {
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        int whole = FLOATS.loopBound(width);
        for (int row = 0; row < count; row++) {
            long at = (first + row) * width;
            long toAt = (long) rows[row] * width;
            for (int column = 0; column < whole; column += LANES) {
                load(from, (at + column) * Float.BYTES)
                        .fma(factors, load(to, (toAt + column) * Float.BYTES))
                        .intoMemorySegment(to, (toAt + column) * Float.BYTES, ORDER);
            }
            for (int column = whole; column < width; column++) {
                float sum = to.getAtIndex(ValueLayout.JAVA_FLOAT, toAt + column)
                        + factor * from.getAtIndex(ValueLayout.JAVA_FLOAT, at + column);
                to.setAtIndex(ValueLayout.JAVA_FLOAT, toAt + column, sum);
            }
        }
    }

    /// Copies rows of at least one vector; those at −1 are left alone.
    static void gather(MemorySegment from, int width, int[] rows, int count, float[] to, int toAt) {
        int last = width - LANES;
        for (int row = 0; row < count; row++) {
            if (rows[row] < 0) {
                continue;
            }
            long at = (long) rows[row] * width;
            int out = toAt + row * width;
            for (int column = 0; column < last; column += LANES) {
                load(from, (at + column) * Float.BYTES).intoArray(to, out + column);
            }
            // Overlaps the one before where a row does not end with a vector.
            load(from, (at + last) * Float.BYTES).intoArray(to, out + last);
        }
    }
}
