package org.relata.engine.lanes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;
import org.relata.engine.memory.Precision;

/// 64-bit arithmetic in plain Java. [Float32Lanes] is the same for 32 bits; a change here belongs there too.
class Float64Lanes implements Lanes<double[]> {
    /// Below so many multiplications calling BLAS costs more than it saves.
    private static final long SMALL = 4096;

    @Override
    public Precision precision() {
        return Precision.FLOAT64;
    }

    @Override
    public double[] allocate(int size) {
        return new double[size];
    }

    @Override
    public double get(double[] array, int position) {
        return array[position];
    }

    @Override
    public void set(double[] array, int position, double number) {
        array[position] = number;
    }

    @Override
    public void fill(double[] array, int at, int count, double number) {
        Arrays.fill(array, at, at + count, number);
    }

    @Override
    public void copy(double[] from, int at, double[] to, int toAt, int count) {
        System.arraycopy(from, at, to, toAt, count);
    }

    @Override
    public void load(MemorySegment from, long position, double[] to, int at, int count) {
        MemorySegment.copy(from, ValueLayout.JAVA_DOUBLE, position * Double.BYTES, to, at, count);
    }

    @Override
    public void store(double[] from, int at, MemorySegment to, long position, int count) {
        MemorySegment.copy(from, at, to, ValueLayout.JAVA_DOUBLE, position * Double.BYTES, count);
    }

    @Override
    public void gather(MemorySegment from, int width, int[] rows, int count, double[] to, int toAt) {
        for (int row = 0; row < count; row++) {
            if (rows[row] < 0) {
                Arrays.fill(to, toAt + row * width, toAt + (row + 1) * width, 0);
            } else if (width == 1) {
                to[toAt + row] = from.getAtIndex(ValueLayout.JAVA_DOUBLE, rows[row]);
            } else {
                load(from, (long) rows[row] * width, to, toAt + row * width, width);
            }
        }
    }

    @Override
    public void unary(Unary.Operation operation, double[] in, int inAt, double[] out, int outAt, int count) {
        switch (operation) {
            case NEGATE -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = -in[inAt + i];
                }
            }
            case EXP -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.exp(in[inAt + i]);
                }
            }
            case LOG -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.log(in[inAt + i]);
                }
            }
            case SQRT -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.sqrt(in[inAt + i]);
                }
            }
            case ABS -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.abs(in[inAt + i]);
                }
            }
            case SIGN -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.signum(in[inAt + i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < count; i++) {
                    double small = Math.exp(-Math.abs(in[inAt + i]));
                    out[outAt + i] = in[inAt + i] >= 0 ? 1 / (1 + small) : small / (1 + small);
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.tanh(in[inAt + i]);
                }
            }
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.max(in[inAt + i], 0);
                }
            }
            case SOFTPLUS -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.max(in[inAt + i], 0) + Math.log1p(Math.exp(-Math.abs(in[inAt + i])));
                }
            }
        }
    }

    @Override
    public void binary(
            Binary.Operation operation,
            double[] left,
            int leftAt,
            double[] right,
            int rightAt,
            double[] out,
            int outAt,
            int count) {
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] + right[rightAt + i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] - right[rightAt + i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] * right[rightAt + i];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] / right[rightAt + i];
                }
            }
            case POWER -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.pow(left[leftAt + i], right[rightAt + i]);
                }
            }
            case MAXIMUM -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.max(left[leftAt + i], right[rightAt + i]);
                }
            }
            case MINIMUM -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = Math.min(left[leftAt + i], right[rightAt + i]);
                }
            }
            case EQUAL -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] == right[rightAt + i] ? 1 : 0;
                }
            }
            case DIFFERENT -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] != right[rightAt + i] ? 1 : 0;
                }
            }
            case LESS -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] < right[rightAt + i] ? 1 : 0;
                }
            }
            case AT_MOST -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] <= right[rightAt + i] ? 1 : 0;
                }
            }
            case GREATER -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] > right[rightAt + i] ? 1 : 0;
                }
            }
            case AT_LEAST -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] >= right[rightAt + i] ? 1 : 0;
                }
            }
        }
    }

    @Override
    public void scalar(
            Binary.Operation operation, double[] left, int leftAt, double right, double[] out, int outAt, int count) {
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] + right;
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] - right;
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] * right;
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] / right;
                }
            }
            case GREATER -> {
                for (int i = 0; i < count; i++) {
                    out[outAt + i] = left[leftAt + i] > right ? 1 : 0;
                }
            }
            case POWER, MAXIMUM, MINIMUM, EQUAL, DIFFERENT, LESS, AT_MOST, AT_LEAST -> {
                double[] rights = new double[count];
                Arrays.fill(rights, right);
                binary(operation, left, leftAt, rights, 0, out, outAt, count);
            }
        }
    }

    @Override
    public void where(
            double[] condition,
            int conditionAt,
            double[] then,
            int thenAt,
            double[] otherwise,
            int otherwiseAt,
            double[] out,
            int outAt,
            int count) {
        for (int i = 0; i < count; i++) {
            out[outAt + i] = condition[conditionAt + i] != 0 ? then[thenAt + i] : otherwise[otherwiseAt + i];
        }
    }

    @Override
    public void permute(double[] in, int inAt, int[] sources, double[] out, int outAt) {
        for (int i = 0; i < sources.length; i++) {
            out[outAt + i] = in[inAt + sources[i]];
        }
    }

    @Override
    public void scatterAdd(double[] in, int inAt, int[] targets, double[] out, int outAt) {
        for (int i = 0; i < targets.length; i++) {
            out[outAt + targets[i]] += in[inAt + i];
        }
    }

    @Override
    public double sum(double[] array, int at, int count) {
        double sum = 0;
        for (int i = at; i < at + count; i++) {
            sum += array[i];
        }
        return sum;
    }

    @Override
    public double greatest(double[] array, int at, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + count; i++) {
            most = Math.max(most, array[i]);
        }
        return most;
    }

    @Override
    public double dot(double[] left, int leftAt, double[] right, int rightAt, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += left[leftAt + i] * right[rightAt + i];
        }
        return sum;
    }

    @Override
    public void addScaled(double factor, double[] from, int at, double[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] += factor * from[at + i];
        }
    }

    @Override
    public void addRows(
            Optional<double[]> weights,
            int weightAt,
            int[] rows,
            int rowAt,
            int count,
            MemorySegment from,
            int width,
            double[] to) {
        for (int each = 0; each < count; each++) {
            double factor = weights.isPresent() ? weights.get()[weightAt + each] : 1;
            long at = (long) rows[rowAt + each] * width;
            for (int i = 0; at >= 0 && i < width; i++) {
                to[i] += factor * from.getAtIndex(ValueLayout.JAVA_DOUBLE, at + i);
            }
        }
    }

    @Override
    public void addToRows(
            double factor, MemorySegment from, long first, int count, int[] rows, int width, MemorySegment to) {
        for (int row = 0; row < count; row++) {
            long at = (first + row) * width;
            long toAt = (long) rows[row] * width;
            for (int i = 0; i < width; i++) {
                double sum = to.getAtIndex(ValueLayout.JAVA_DOUBLE, toAt + i)
                        + factor * from.getAtIndex(ValueLayout.JAVA_DOUBLE, at + i);
                to.setAtIndex(ValueLayout.JAVA_DOUBLE, toAt + i, sum);
            }
        }
    }

    @Override
    public double logSumExp(double[] array, int at, int count) {
        double top = greatest(array, at, count);
        double anchor = Double.isInfinite(top) ? 0 : top;
        return anchor + Math.log(sumOfExponentials(array, at, count, anchor));
    }

    /// The sum of exponentials of what numbers are beyond one of them.
    private static double sumOfExponentials(double[] array, int at, int count, double anchor) {
        double sum = 0;
        for (int i = at; i < at + count; i++) {
            sum += Math.exp(array[i] - anchor);
        }
        return sum;
    }

    @Override
    public void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            double[] a,
            int aAt,
            double[] b,
            int bAt,
            double beta,
            double[] c,
            int cAt) {
        if ((long) m * n * k > SMALL && Blas.instance().isPresent()) {
            Blas.instance().get().multiply(transposeA, transposeB, m, n, k, a, aAt, b, bAt, beta, c, cAt);
            return;
        }
        int rowA = transposeA ? 1 : k;
        int stepA = transposeA ? m : 1;
        for (int i = 0; i < m; i++) {
            int to = cAt + i * n;
            if (beta == 0) {
                Arrays.fill(c, to, to + n, 0);
            }
            for (int l = 0; l < k; l++) {
                double factor = a[aAt + i * rowA + l * stepA];
                if (transposeB) {
                    for (int j = 0; j < n; j++) {
                        c[to + j] += factor * b[bAt + j * k + l];
                    }
                } else {
                    for (int j = 0; j < n; j++) {
                        c[to + j] += factor * b[bAt + l * n + j];
                    }
                }
            }
        }
    }

    @Override
    public void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            MemorySegment a,
            long aAt,
            MemorySegment b,
            long bAt,
            double beta,
            MemorySegment c,
            long cAt) {
        if ((long) m * n * k > SMALL && Blas.instance().isPresent()) {
            Blas.instance().get().multiply64(transposeA, transposeB, m, n, k, a, aAt, b, bAt, beta, c, cAt);
            return;
        }
        Lanes.super.multiply(transposeA, transposeB, m, n, k, a, aAt, b, bAt, beta, c, cAt);
    }

    @Override
    public MemorySegment segment(double[] array) {
        return MemorySegment.ofArray(array);
    }

    @Override
    public void random(long[] states, int count, int width, boolean scalar, double[] out, int outAt) {
        for (int row = 0; row < count; row++) {
            for (int element = 0; element < width; element++) {
                out[outAt + row * width + element] = RandomWords.uniform(states[row], element, scalar);
            }
        }
    }
}
