package org.relata.engine.lanes;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;

/// 32-bit arithmetic with the JDK's Vector API, for what the compiler does not turn into vectors by itself. Results are
/// those of [Float32Lanes] within rounding.
final class VectorFloat32Lanes extends Float32Lanes {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    /// As many numbers as there are in a vector of longs.
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(float.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    private static final int LANES = FLOATS.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int BYTES = LANES * Float.BYTES;
    private static final float[] ONES = {1};

    @Override
    public void unary(Unary.Operation operation, float[] in, float[] out, int count) {
        switch (operation) {
            case EXP -> {
                for (int i = 0; i < count; i += LANES) {
                    VectorMask<Float> some = FLOATS.indexInRange(i, count);
                    load(in, i, some).lanewise(VectorOperators.EXP).intoArray(out, i, some);
                }
            }
            case LOG -> {
                for (int i = 0; i < count; i += LANES) {
                    VectorMask<Float> some = FLOATS.indexInRange(i, count);
                    load(in, i, some).lanewise(VectorOperators.LOG).intoArray(out, i, some);
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i += LANES) {
                    VectorMask<Float> some = FLOATS.indexInRange(i, count);
                    load(in, i, some).lanewise(VectorOperators.TANH).intoArray(out, i, some);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < count; i += LANES) {
                    VectorMask<Float> some = FLOATS.indexInRange(i, count);
                    FloatVector x = load(in, i, some);
                    FloatVector small = x.abs().neg().lanewise(VectorOperators.EXP);
                    FloatVector ones = FloatVector.broadcast(FLOATS, 1);
                    FloatVector above = small.blend(ones, x.compare(VectorOperators.GE, 0));
                    above.div(small.add(ones)).blend(x, x.test(VectorOperators.IS_NAN)).intoArray(out, i, some);
                }
            }
            case SOFTPLUS -> {
                for (int i = 0; i < count; i += LANES) {
                    VectorMask<Float> some = FLOATS.indexInRange(i, count);
                    FloatVector x = load(in, i, some);
                    FloatVector small = x.abs().neg().lanewise(VectorOperators.EXP);
                    x.max(0).add(small.lanewise(VectorOperators.LOG1P)).intoArray(out, i, some);
                }
            }
            case NEGATE, SQRT, ABS, SIGN, RELU -> super.unary(operation, in, out, count);
        }
    }

    private static FloatVector load(float[] from, int at, VectorMask<Float> some) {
        return FloatVector.fromArray(FLOATS, from, at, some);
    }

    @Override
    public void binary(
            Binary.Operation operation,
            float[] left,
            int leftAt,
            float[] right,
            int rightAt,
            float[] out,
            int outAt,
            int count) {
        switch (operation) {
            case GREATER -> greater(left, leftAt, right, rightAt, out, outAt, count);
            case LESS -> greater(right, rightAt, left, leftAt, out, outAt, count);
            case AT_LEAST -> atLeast(left, leftAt, right, rightAt, out, outAt, count);
            case AT_MOST -> atLeast(right, rightAt, left, leftAt, out, outAt, count);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, MAXIMUM, MINIMUM, EQUAL, DIFFERENT ->
                super.binary(operation, left, leftAt, right, rightAt, out, outAt, count);
        }
    }

    private static void greater(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> some = FLOATS.indexInRange(i, n);
            VectorMask<Float> holds =
                    load(left, leftAt + i, some).compare(VectorOperators.GT, load(right, rightAt + i, some));
            FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i, some);
        }
    }

    private static void atLeast(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> some = FLOATS.indexInRange(i, n);
            VectorMask<Float> holds =
                    load(left, leftAt + i, some).compare(VectorOperators.GE, load(right, rightAt + i, some));
            FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i, some);
        }
    }

    @Override
    public void scalar(
            Binary.Operation operation, float[] left, int leftAt, double number, float[] out, int outAt, int count) {
        switch (operation) {
            case GREATER -> {
                for (int i = 0; i < count; i += LANES) {
                    VectorMask<Float> some = FLOATS.indexInRange(i, count);
                    VectorMask<Float> holds = load(left, leftAt + i, some).compare(VectorOperators.GT, (float) number);
                    FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i, some);
                }
            }
            case LESS -> {
                for (int i = 0; i < count; i += LANES) {
                    VectorMask<Float> some = FLOATS.indexInRange(i, count);
                    VectorMask<Float> holds = load(left, leftAt + i, some).compare(VectorOperators.LT, (float) number);
                    FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i, some);
                }
            }
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, MAXIMUM, MINIMUM, EQUAL, DIFFERENT, AT_MOST, AT_LEAST ->
                super.scalar(operation, left, leftAt, number, out, outAt, count);
        }
    }

    @Override
    public void where(float[] condition, float[] then, float[] otherwise, float[] out, int count) {
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> some = FLOATS.indexInRange(i, count);
            VectorMask<Float> holds = load(condition, i, some).compare(VectorOperators.NE, 0);
            load(otherwise, i, some).blend(load(then, i, some), holds).intoArray(out, i, some);
        }
    }

    @Override
    public double sum(float[] array, int at, int count) {
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < count; i += LANES) {
            sums = sums.add(load(array, at + i, FLOATS.indexInRange(i, count)));
        }
        return sums.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public double greatest(float[] array, int at, int count) {
        FloatVector most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> some = FLOATS.indexInRange(i, count);
            most = most.lanewise(VectorOperators.MAX, load(array, at + i, some), some);
        }
        return most.reduceLanes(VectorOperators.MAX);
    }

    @Override
    public double logSumExp(float[] array, int at, int count) {
        float top = (float) greatest(array, at, count);
        float anchor = Float.isInfinite(top) ? 0 : top;
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> some = FLOATS.indexInRange(i, count);
            FloatVector each = load(array, at + i, some).sub(anchor).lanewise(VectorOperators.EXP);
            sums = sums.lanewise(VectorOperators.ADD, each, some);
        }
        return anchor + Math.log(sums.reduceLanes(VectorOperators.ADD));
    }

    @Override
    public double dot(float[] left, int leftAt, float[] right, int rightAt, int count) {
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> some = FLOATS.indexInRange(i, count);
            sums = load(left, leftAt + i, some).fma(load(right, rightAt + i, some), sums);
        }
        return sums.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void addScaled(double factor, float[] from, int at, float[] to, int toAt, int count) {
        FloatVector scale = FloatVector.broadcast(FLOATS, (float) factor);
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> some = FLOATS.indexInRange(i, count);
            load(from, at + i, some).fma(scale, load(to, toAt + i, some)).intoArray(to, toAt + i, some);
        }
    }

    @Override
    public void addRows(
            Optional<float[]> weights,
            int weightAt,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            float[] to) {
        float[] factors = weights.orElse(ONES);
        int factorStep = weights.isPresent() ? 1 : 0;
        int factorAt = weights.isPresent() ? weightAt : 0;
        for (int column = 0; column < width; column += 4 * LANES) {
            int left = width - column;
            if (left > 3 * LANES) {
                add4(factors, factorAt, factorStep, rows, rowAt, count, from, width, column, to);
            } else if (left > 2 * LANES) {
                add3(factors, factorAt, factorStep, rows, rowAt, count, from, width, column, to);
            } else if (left > LANES) {
                add2(factors, factorAt, factorStep, rows, rowAt, count, from, width, column, to);
            } else {
                add1(factors, factorAt, factorStep, rows, rowAt, count, from, width, column, to);
            }
        }
    }

    /// Adds one vector of each row, which may be cut off, and holds the sum in a register meanwhile.
    private static void add1(
            float[] factors,
            int factorAt,
            int factorStep,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        VectorMask<Float> last = FLOATS.indexInRange(column, width);
        FloatVector sum0 = load(to, column, last);
        for (int each = 0; each < count; each++) {
            int row = rows[rowAt + each];
            if (row < 0) {
                continue;
            }
            long at = ((long) row * width + column) * Float.BYTES;
            FloatVector factor = FloatVector.broadcast(FLOATS, factors[factorAt + each * factorStep]);
            sum0 = FloatVector.fromMemorySegment(FLOATS, from, at, ORDER, last).fma(factor, sum0);
        }
        sum0.intoArray(to, column, last);
    }

    /// Adds 2 vectors of each row, of which the last may be cut off, and holds the sums in registers meanwhile.
    private static void add2(
            float[] factors,
            int factorAt,
            int factorStep,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        VectorMask<Float> last = FLOATS.indexInRange(column + 1 * LANES, width);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, to, column);
        FloatVector sum1 = load(to, column + LANES, last);
        for (int each = 0; each < count; each++) {
            int row = rows[rowAt + each];
            if (row < 0) {
                continue;
            }
            long at = ((long) row * width + column) * Float.BYTES;
            FloatVector factor = FloatVector.broadcast(FLOATS, factors[factorAt + each * factorStep]);
            sum0 = FloatVector.fromMemorySegment(FLOATS, from, at, ORDER).fma(factor, sum0);
            sum1 = FloatVector.fromMemorySegment(FLOATS, from, at + BYTES, ORDER, last).fma(factor, sum1);
        }
        sum0.intoArray(to, column);
        sum1.intoArray(to, column + LANES, last);
    }

    /// Adds 3 vectors of each row, of which the last may be cut off, and holds the sums in registers meanwhile.
    private static void add3(
            float[] factors,
            int factorAt,
            int factorStep,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        VectorMask<Float> last = FLOATS.indexInRange(column + 2 * LANES, width);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, to, column);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, to, column + LANES);
        FloatVector sum2 = load(to, column + 2 * LANES, last);
        for (int each = 0; each < count; each++) {
            int row = rows[rowAt + each];
            if (row < 0) {
                continue;
            }
            long at = ((long) row * width + column) * Float.BYTES;
            FloatVector factor = FloatVector.broadcast(FLOATS, factors[factorAt + each * factorStep]);
            sum0 = FloatVector.fromMemorySegment(FLOATS, from, at, ORDER).fma(factor, sum0);
            sum1 = FloatVector.fromMemorySegment(FLOATS, from, at + BYTES, ORDER).fma(factor, sum1);
            sum2 = FloatVector.fromMemorySegment(FLOATS, from, at + 2 * BYTES, ORDER, last).fma(factor, sum2);
        }
        sum0.intoArray(to, column);
        sum1.intoArray(to, column + LANES);
        sum2.intoArray(to, column + 2 * LANES, last);
    }

    /// Adds 4 vectors of each row, of which the last may be cut off, and holds the sums in registers meanwhile.
    private static void add4(
            float[] factors,
            int factorAt,
            int factorStep,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            int column,
            float[] to) {
        VectorMask<Float> last = FLOATS.indexInRange(column + 3 * LANES, width);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, to, column);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, to, column + LANES);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, to, column + 2 * LANES);
        FloatVector sum3 = load(to, column + 3 * LANES, last);
        for (int each = 0; each < count; each++) {
            int row = rows[rowAt + each];
            if (row < 0) {
                continue;
            }
            long at = ((long) row * width + column) * Float.BYTES;
            FloatVector factor = FloatVector.broadcast(FLOATS, factors[factorAt + each * factorStep]);
            sum0 = FloatVector.fromMemorySegment(FLOATS, from, at, ORDER).fma(factor, sum0);
            sum1 = FloatVector.fromMemorySegment(FLOATS, from, at + BYTES, ORDER).fma(factor, sum1);
            sum2 = FloatVector.fromMemorySegment(FLOATS, from, at + 2 * BYTES, ORDER).fma(factor, sum2);
            sum3 = FloatVector.fromMemorySegment(FLOATS, from, at + 3 * BYTES, ORDER, last).fma(factor, sum3);
        }
        sum0.intoArray(to, column);
        sum1.intoArray(to, column + LANES);
        sum2.intoArray(to, column + 2 * LANES);
        sum3.intoArray(to, column + 3 * LANES, last);
    }

    @Override
    public void random(long[] states, int count, int width, boolean scalar, float[] out) {
        if (scalar) {
            super.random(states, count, width, true, out);
            return;
        }
        LongVector first = LongVector.zero(LONGS).addIndex(1);
        for (int row = 0; row < count; row++) {
            LongVector state = LongVector.broadcast(LONGS, states[row]);
            for (int i = 0; i < width; i += HALF.length()) {
                VectorMask<Float> some = HALF.indexInRange(i, width);
                LongVector mixed = absorb(state, first.add(i)).lanewise(VectorOperators.LSHR, 40);
                ((FloatVector) mixed.convertShape(VectorOperators.L2F, HALF, 0)).mul(0x1p-24f)
                        .intoArray(out, row * width + i, some);
            }
        }
    }

    private static LongVector absorb(LongVector state, LongVector word) {
        LongVector mixed = state.lanewise(VectorOperators.XOR, word).add(0x9E3779B97F4A7C15L);
        mixed = mixed.lanewise(VectorOperators.XOR, mixed.lanewise(VectorOperators.LSHR, 30)).mul(0xBF58476D1CE4E5B9L);
        mixed = mixed.lanewise(VectorOperators.XOR, mixed.lanewise(VectorOperators.LSHR, 27)).mul(0x94D049BB133111EBL);
        return mixed.lanewise(VectorOperators.XOR, mixed.lanewise(VectorOperators.LSHR, 31));
    }
}
