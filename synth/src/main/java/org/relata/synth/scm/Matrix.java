package org.relata.synth.scm;

import java.util.Arrays;
import java.util.BitSet;
import org.relata.synth.config.Initialisation;
import org.relata.synth.random.Key;

/// A frozen weight matrix, of which only the weights that are not zero are kept: for each output the inputs it reads.
///
/// @param inputs the width of the input
/// @param which for each output, the inputs with a weight
/// @param weights for each output, these weights
/// @param live the outputs that anything reads; the others have no weights and are never computed
record Matrix(int inputs, int[][] which, float[][] weights, int[] live) {
    private static final int[] NO_INPUTS = {};
    private static final float[] NO_WEIGHTS = {};

    /// Keeps the weights that are not zero.
    ///
    /// @param dense for each output its weights
    static Matrix of(float[][] dense, int inputs) {
        int[][] which = new int[dense.length][];
        float[][] weights = new float[dense.length][];
        int[] live = new int[dense.length];
        int[] kept = new int[inputs + 1];
        float[] values = new float[inputs + 1];
        for (int out = 0; out < dense.length; out++) {
            int count = 0;
            for (int in = 0; in < inputs; in++) {
                kept[count] = in;
                values[count] = dense[out][in];
                count += values[count] != 0 ? 1 : 0;
            }
            which[out] = Arrays.copyOf(kept, count);
            weights[out] = Arrays.copyOf(values, count);
            live[out] = out;
        }
        return new Matrix(inputs, which, weights, live);
    }

    /// What a matrix is drawn from.
    ///
    /// @param initialisation the law of its weights
    /// @param inputs the width of the input
    /// @param outputs the width of the output
    /// @param density the share of weights that stay, made larger so that sums keep their mean
    /// @param parity whether a matrix of one row that is to be sparse becomes all zero, as in the reference; otherwise
    ///     half of a column is rounded down to whole weights, and a column of one keeps it
    /// @param key of the weights
    record Law(Initialisation initialisation, int inputs, int outputs, double density, boolean parity, Key key) {}

    /// Draws a matrix.
    ///
    /// A weight takes half a word of random bits, one quarter for its value and one for whether it stays: there are
    /// millions of weights in a database.
    ///
    /// @param live the outputs that anything reads
    /// @param times what every weight is multiplied with
    static Matrix draw(Law law, int[] live, float times) {
        int inputs = law.inputs;
        float factor = (float) (times * WeightLaws.deviation(law.initialisation, inputs, law.outputs) / law.density);
        float[] values = WeightLaws.of(law.initialisation);
        boolean sparse = law.initialisation == Initialisation.SPARSE;
        Key dropping = law.key.child("dropped");
        long[] bits = new long[(inputs + 1) / 2];
        int threshold = (int) Math.round(law.density * 0x10000);
        int[][] which = new int[law.outputs][];
        float[][] weights = new float[law.outputs][];
        Arrays.fill(which, NO_INPUTS);
        Arrays.fill(weights, NO_WEIGHTS);
        int[] kept = new int[inputs + 1];
        float[] own = new float[inputs + 1];
        for (int out : live) {
            for (int i = 0; i < bits.length; i++) {
                bits[i] = law.key.bits((long) out * bits.length + i);
            }
            int count = keep(bits, inputs, threshold, values, factor, kept, own);
            if (sparse) {
                int zeros = law.parity ? (inputs + 1) / 2 : inputs / 2;
                count = dropped(kept, own, count, inputs, zeros, dropping, out);
            }
            which[out] = Arrays.copyOf(kept, count);
            weights[out] = Arrays.copyOf(own, count);
        }
        return new Matrix(inputs, which, weights, live);
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
    private static int dropped(int[] kept, float[] values, int count, int inputs, int zeros, Key key, int out) {
        int left = 0;
        int next = 0;
        int wanted = zeros;
        for (int in = 0; in < inputs; in++) {
            long word = key.bits((long) out * inputs + (in >> 2));
            int place = (int) (word >>> ((in & 3) << 4)) & 0xFFFF;
            boolean drop = place * (inputs - in) < wanted << 16;
            wanted -= drop ? 1 : 0;
            if (next < count && kept[next] == in) {
                kept[left] = in;
                values[left] = values[next++];
                left += drop ? 0 : 1;
            }
        }
        return left;
    }

    /// The inputs that outputs read, ascending.
    int[] reads() {
        long[] read = new long[inputs + Long.SIZE >> 6];
        for (int[] own : which) {
            for (int in : own) {
                read[in >> 6] |= 1L << in;
            }
        }
        return BitSet.valueOf(read).stream().toArray();
    }

    /// The matrix that gives what another makes of the output of this one.
    ///
    /// @param next for each of its outputs, its weights
    Matrix then(float[][] next) {
        float[][] dense = new float[next.length][inputs];
        for (int out = 0; out < next.length; out++) {
            for (int between = 0; between < which.length; between++) {
                float weight = next[out][between];
                for (int i = 0; i < which[between].length; i++) {
                    dense[out][which[between][i]] += weight * weights[between][i];
                }
            }
        }
        return of(dense, inputs);
    }

    /// The product with some rows, which are given and returned as columns.
    ///
    /// @param x the columns of the input
    /// @param into where the columns of the output that anything reads go, one after the other
    /// @param count how many rows
    void multiply(float[][] x, float[] into, int count) {
        int at = 0;
        for (int out : live) {
            Loops.BEST.sum(x, which[out], weights[out], into, at, count);
            at += count;
        }
    }
}
