package org.relata.synth.scm;

import java.util.Arrays;
import org.relata.synth.config.Initialisation;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// A frozen weight matrix, of which only the weights that are not zero are kept: for each output the inputs it reads.
///
/// @param inputs the width of the input
/// @param which for each output, the inputs with a weight
/// @param weights for each output, these weights
record Matrix(int inputs, int[][] which, float[][] weights) {
    /// Inputs are read in groups of so many.
    private static final int GROUP = 4;

    /// Keeps the weights that are not zero.
    ///
    /// @param dense the weights, inputs by outputs, input by input
    static Matrix of(float[] dense, int inputs, int outputs) {
        int[][] which = new int[outputs][];
        float[][] weights = new float[outputs][];
        int[] kept = new int[inputs + GROUP];
        float[] values = new float[inputs + GROUP];
        for (int out = 0; out < outputs; out++) {
            int count = 0;
            for (int in = 0; in < inputs; in++) {
                kept[count] = in;
                values[count] = dense[in * outputs + out];
                count += values[count] != 0 ? 1 : 0;
            }
            which[out] = padded(kept, values, count);
            weights[out] = Arrays.copyOf(values, which[out].length);
        }
        return new Matrix(inputs, which, weights);
    }

    /// Draws a matrix.
    ///
    /// A weight takes half a word of random bits, one quarter for its value and one for whether it stays: there are
    /// millions of weights in a database.
    ///
    /// @param density the share of weights that stay, made larger so that sums keep their mean
    /// @param parity whether a matrix of one row that is to be sparse becomes all zero, as in the reference; otherwise
    ///     half of a column is rounded down to whole weights, and a column of one keeps it
    static Matrix draw(
            Initialisation initialisation, int inputs, int outputs, double density, boolean parity, Draws draws) {
        float factor = (float) (WeightLaws.deviation(initialisation, inputs, outputs) / density);
        Key key = new Key(draws.bits());
        long[] bits = new long[(inputs + 1) / 2];
        int threshold = (int) Math.round(density * 0x10000);
        int[][] which = new int[outputs][];
        float[][] weights = new float[outputs][];
        int[] kept = new int[inputs + GROUP];
        float[] values = new float[inputs + GROUP];
        for (int out = 0; out < outputs; out++) {
            for (int i = 0; i < bits.length; i++) {
                bits[i] = key.bits((long) out * bits.length + i);
            }
            int count = keep(bits, inputs, threshold, WeightLaws.of(initialisation), factor, kept, values);
            if (initialisation == Initialisation.SPARSE) {
                int zeros = parity ? (inputs + 1) / 2 : inputs / 2;
                count = dropped(kept, values, count, inputs, zeros, draws);
            }
            which[out] = padded(kept, values, count);
            weights[out] = Arrays.copyOf(values, which[out].length);
        }
        return new Matrix(inputs, which, weights);
    }

    /// Draws the weights of one output, and keeps some; returns how many.
    private static int keep(
            long[] bits, int inputs, int threshold, float[] law, float factor, int[] kept, float[] values) {
        int count = 0;
        for (int in = 0; in < inputs; in++) {
            int own = (int) (bits[in >> 1] >>> ((in & 1) << 5));
            kept[count] = in;
            values[count] = factor * law[own & 0xFFF];
            // No branch: which weights stay is what the processor cannot guess.
            count += (own >>> 16) - threshold >>> 31;
        }
        return count;
    }

    /// Drops so many of the inputs at random, whether their weights were kept or not; returns how many are left.
    private static int dropped(int[] kept, float[] values, int count, int inputs, int zeros, Draws draws) {
        int left = 0;
        int next = 0;
        int wanted = zeros;
        for (int in = 0; in < inputs; in++) {
            boolean drop = draws.uniform() * (inputs - in) < wanted;
            wanted -= drop ? 1 : 0;
            if (next < count && kept[next] == in) {
                kept[left] = in;
                values[left] = values[next++];
                left += drop ? 0 : 1;
            }
        }
        return left;
    }

    /// The inputs in whole groups, the last of which may be filled up with inputs of no weight. A single one stays
    /// alone.
    private static int[] padded(int[] kept, float[] values, int count) {
        int length = count <= 1 ? count : Math.ceilDiv(count, GROUP) * GROUP;
        for (int i = count; i < length; i++) {
            kept[i] = 0;
            values[i] = 0;
        }
        return Arrays.copyOf(kept, length);
    }

    int outputs() {
        return weights.length;
    }

    /// The product with some rows, which are given and returned as columns.
    ///
    /// @param x the columns of the input
    /// @param into where the columns of the output go
    /// @param count how many rows
    void multiply(float[][] x, float[][] into, int count) {
        for (int out = 0; out < weights.length; out++) {
            float[] sum = into[out];
            int[] reads = which[out];
            float[] w = weights[out];
            if (w.length == 1) {
                Columns.weigh(sum, x[reads[0]], w[0], count);
                continue;
            }
            Arrays.fill(sum, 0, count, 0);
            int i = 0;
            for (; i + 8 <= w.length; i += 8) {
                Columns.addEight(sum, x, reads, w, i, count);
            }
            if (i < w.length) {
                Columns.addFour(sum, x, reads, w, i, count);
            }
        }
    }
}
