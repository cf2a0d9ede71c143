package org.relata.engine.lanes;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;

/// 32-bit arithmetic with the JDK's Vector API, for what the compiler does not turn into vectors by itself. What does
/// not fill a vector is left to [Float32Lanes], of which results are the same within rounding.
final class VectorFloat32Lanes extends Float32Lanes {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private static final float[] ONES = new float[1024];

    static {
        Arrays.fill(ONES, 1);
    }

    private record Columns(int width, int[] columns) {}

    private Columns columns = new Columns(0, new int[0]);

    @Override
    public void unary(Unary.Operation operation, float[] in, int inAt, float[] out, int outAt, int count) {
        int whole = FLOATS.loopBound(count);
        switch (operation) {
            case NEGATE -> VectorLoops.negate(in, inAt, out, outAt, whole);
            case SQRT -> VectorLoops.sqrt(in, inAt, out, outAt, whole);
            case ABS -> VectorLoops.abs(in, inAt, out, outAt, whole);
            case RELU -> VectorLoops.relu(in, inAt, out, outAt, whole);
            case SIGN -> VectorLoops.sign(in, inAt, out, outAt, whole);
            case EXP, LOG, SIGMOID, TANH, SOFTPLUS -> {
                whole = count;
                function(operation, in, inAt, out, outAt, count);
            }
        }
        super.unary(operation, in, inAt + whole, out, outAt + whole, count - whole);
    }

    private static void function(Unary.Operation operation, float[] in, int inAt, float[] out, int outAt, int count) {
        switch (operation) {
            case EXP -> FloatMath.exp(in, inAt, out, outAt, count);
            case LOG -> FloatMath.log(in, inAt, out, outAt, count);
            case SIGMOID -> FloatMath.sigmoid(in, inAt, out, outAt, count);
            case TANH -> FloatMath.tanh(in, inAt, out, outAt, count);
            case SOFTPLUS -> FloatMath.softplus(in, inAt, out, outAt, count);
            case NEGATE, SQRT, ABS, RELU, SIGN -> throw new IllegalArgumentException(operation + " is one operation");
        }
    }

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(FLOATS, from, at);
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
        int whole = FLOATS.loopBound(count);
        switch (operation) {
            case ADD -> VectorLoops.add(left, leftAt, right, rightAt, out, outAt, whole);
            case SUBTRACT -> VectorLoops.subtract(left, leftAt, right, rightAt, out, outAt, whole);
            case MULTIPLY -> VectorLoops.multiply(left, leftAt, right, rightAt, out, outAt, whole);
            case DIVIDE -> VectorLoops.divide(left, leftAt, right, rightAt, out, outAt, whole);
            case MAXIMUM -> VectorLoops.maximum(left, leftAt, right, rightAt, out, outAt, whole);
            case MINIMUM -> VectorLoops.minimum(left, leftAt, right, rightAt, out, outAt, whole);
            case GREATER -> VectorLoops.greater(left, leftAt, right, rightAt, out, outAt, whole);
            case LESS -> VectorLoops.greater(right, rightAt, left, leftAt, out, outAt, whole);
            case AT_LEAST -> VectorLoops.atLeast(left, leftAt, right, rightAt, out, outAt, whole);
            case AT_MOST -> VectorLoops.atLeast(right, rightAt, left, leftAt, out, outAt, whole);
            case POWER, EQUAL, DIFFERENT -> whole = 0;
        }
        super.binary(operation, left, leftAt + whole, right, rightAt + whole, out, outAt + whole, count - whole);
    }

    @Override
    public void scalar(
            Binary.Operation operation, float[] left, int leftAt, double number, float[] out, int outAt, int count) {
        int whole = FLOATS.loopBound(count);
        float right = (float) number;
        switch (operation) {
            case ADD -> VectorLoops.add(left, leftAt, right, out, outAt, whole);
            case SUBTRACT -> VectorLoops.subtract(left, leftAt, right, out, outAt, whole);
            case MULTIPLY -> VectorLoops.multiply(left, leftAt, right, out, outAt, whole);
            case DIVIDE -> VectorLoops.divide(left, leftAt, right, out, outAt, whole);
            case GREATER -> VectorLoops.greater(left, leftAt, right, out, outAt, whole);
            case LESS -> VectorLoops.less(left, leftAt, right, out, outAt, whole);
            case POWER, MAXIMUM, MINIMUM, EQUAL, DIFFERENT, AT_MOST, AT_LEAST -> whole = 0;
        }
        super.scalar(operation, left, leftAt + whole, number, out, outAt + whole, count - whole);
    }

    @Override
    public void where(
            float[] condition,
            int conditionAt,
            float[] then,
            int thenAt,
            float[] otherwise,
            int otherwiseAt,
            float[] out,
            int outAt,
            int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += LANES) {
            VectorMask<Float> holds = load(condition, conditionAt + i).compare(VectorOperators.NE, 0);
            load(otherwise, otherwiseAt + i)
                    .blend(load(then, thenAt + i), holds)
                    .intoArray(out, outAt + i);
        }
        super.where(
                condition,
                conditionAt + whole,
                then,
                thenAt + whole,
                otherwise,
                otherwiseAt + whole,
                out,
                outAt + whole,
                count - whole);
    }

    @Override
    public double sum(float[] array, int at, int count) {
        int whole = FLOATS.loopBound(count);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = at; i < at + whole; i += LANES) {
            sums = sums.add(load(array, i));
        }
        return LaneSums.of(sums) + super.sum(array, at + whole, count - whole);
    }

    @Override
    public double greatest(float[] array, int at, int count) {
        int whole = FLOATS.loopBound(count);
        FloatVector most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int i = at; i < at + whole; i += LANES) {
            most = most.max(load(array, i));
        }
        return Math.max(most.reduceLanes(VectorOperators.MAX), super.greatest(array, at + whole, count - whole));
    }

    @Override
    protected double sumOfExponentials(float[] array, int at, int count, float anchor) {
        return FloatMath.sumOfExponentials(array, at, count, anchor);
    }

    @Override
    public double dot(float[] left, int leftAt, float[] right, int rightAt, int count) {
        int whole = FLOATS.loopBound(count);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            sums = load(left, leftAt + i).fma(load(right, rightAt + i), sums);
        }
        return LaneSums.of(sums) + super.dot(left, leftAt + whole, right, rightAt + whole, count - whole);
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
        if (width < LANES) {
            super.addRows(weights, weightAt, rows, rowAt, count, from, width, to);
            return;
        }
        VectorRows.add(
                weights.orElseGet(() -> ones(count)),
                weights.isPresent() ? weightAt : 0,
                rows,
                rowAt,
                count,
                from,
                width,
                to,
                columns(width));
    }

    @Override
    public boolean sumGroups(
            Optional<float[]> weights,
            float[] values,
            int[] starts,
            int groups,
            int[] places,
            int width,
            MemorySegment to) {
        if (width < LANES) {
            return false;
        }
        float[] factors = weights.orElseGet(() -> ones(starts[groups]));
        VectorRows.sum(factors, values, starts, groups, places, width, to, columns(width));
        return true;
    }

    @Override
    public boolean sumGroups(
            Optional<float[]> weights,
            int[] rows,
            MemorySegment from,
            int[] starts,
            int groups,
            int[] places,
            int width,
            MemorySegment to) {
        if (width < LANES) {
            return false;
        }
        float[] factors = weights.orElseGet(() -> ones(starts[groups]));
        VectorRows.sum(factors, rows, from, starts, groups, places, width, to, columns(width));
        return true;
    }

    @Override
    public void scatterRows(Optional<float[]> weights, float[] values, int[] rows, int count, int width, float[] to) {
        if (width < LANES) {
            super.scatterRows(weights, values, rows, count, width, to);
        } else {
            VectorRows.scatter(weights.orElseGet(() -> ones(count)), values, rows, count, width, to, columns(width));
        }
    }

    private static float[] ones(int size) {
        float[] ones = size <= ONES.length ? ONES : new float[size];
        if (ones != ONES) {
            Arrays.fill(ones, 1);
        }
        return ones;
    }

    /// Loops ask for the columns of one width again and again.
    private int[] columns(int width) {
        Columns last = columns;
        if (last.width != width) {
            last = new Columns(width, VectorRows.columns(width));
            columns = last;
        }
        return last.columns;
    }

    @Override
    public void gather(MemorySegment from, int width, int[] rows, int count, float[] to, int toAt) {
        if (width < LANES) {
            super.gather(from, width, rows, count, to, toAt);
        } else {
            VectorRows.gather(from, width, rows, count, to, toAt, columns(width));
        }
    }

    @Override
    public void addToRows(
            double factor, MemorySegment from, long first, int count, int[] rows, int width, MemorySegment to) {
        if (width < LANES) {
            super.addToRows(factor, from, first, count, rows, width, to);
        } else {
            VectorRows.addTo((float) factor, from, first, count, rows, width, to, columns(width));
        }
    }

    @Override
    public void random(long[] states, int count, int width, boolean scalar, float[] out, int outAt) {
        if (scalar) {
            super.random(states, count, width, true, out, outAt);
            return;
        }
        long[] mixed = new long[LONGS.loopBound(width + LONGS.length() - 1)];
        for (int row = 0; row < count; row++) {
            mix(states[row], mixed);
            for (int i = 0; i < width; i++) {
                out[outAt + row * width + i] = (int) (mixed[i] >>> 40) * 0x1p-24f;
            }
        }
    }

    /// [RandomWords#absorb] of each position.
    private static void mix(long state, long[] mixed) {
        LongVector start = LongVector.broadcast(LONGS, state);
        LongVector first = LongVector.zero(LONGS).addIndex(1);
        for (int i = 0; i < mixed.length; i += LONGS.length()) {
            LongVector word = start.lanewise(VectorOperators.XOR, first.add(i)).add(0x9E3779B97F4A7C15L);
            word = folded(word, 30).mul(0xBF58476D1CE4E5B9L);
            word = folded(word, 27).mul(0x94D049BB133111EBL);
            folded(word, 31).intoArray(mixed, i);
        }
    }

    private static LongVector folded(LongVector word, int bits) {
        return word.lanewise(VectorOperators.XOR, word.lanewise(VectorOperators.LSHR, bits));
    }
}
