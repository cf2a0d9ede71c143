package org.relata.synth.scm;

import java.util.Arrays;
import org.relata.synth.config.Initialisation;
import org.relata.synth.random.Draws;

/// A frozen weight matrix, of which only the weights that are not zero are kept: for each output the inputs it reads.
///
/// @param inputs the width of the input
/// @param which for each output, the inputs with a weight
/// @param weights for each output, these weights
record Matrix(int inputs, int[][] which, float[][] weights) {
    /// Keeps the weights that are not zero.
    ///
    /// @param dense the weights, inputs by outputs, input by input
    static Matrix of(float[] dense, int inputs, int outputs) {
        int[][] which = new int[outputs][];
        float[][] weights = new float[outputs][];
        for (int out = 0; out < outputs; out++) {
            int[] kept = new int[inputs];
            float[] values = new float[inputs];
            int count = 0;
            for (int in = 0; in < inputs; in++) {
                float weight = dense[in * outputs + out];
                if (weight != 0) {
                    kept[count] = in;
                    values[count++] = weight;
                }
            }
            which[out] = Arrays.copyOf(kept, count);
            weights[out] = Arrays.copyOf(values, count);
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
        float[] law = WeightLaws.of(initialisation);
        float factor = (float) (WeightLaws.deviation(initialisation, inputs, outputs) / density);
        int zeros = initialisation != Initialisation.SPARSE ? 0 : parity ? (inputs + 1) / 2 : inputs / 2;
        int threshold = (int) Math.round(density * 0x10000);
        int[][] which = new int[outputs][];
        float[][] weights = new float[outputs][];
        int[] kept = new int[inputs];
        float[] values = new float[inputs];
        for (int out = 0; out < outputs; out++) {
            int count = 0;
            int zerosLeft = zeros;
            long bits = 0;
            for (int in = 0; in < inputs; in++) {
                bits = (in & 1) == 0 ? draws.bits() : bits >>> 32;
                if (zerosLeft > 0 && draws.uniform() * (inputs - in) < zerosLeft) {
                    zerosLeft--;
                    continue;
                }
                if ((bits >>> 16 & 0xFFFF) < threshold) {
                    kept[count] = in;
                    values[count++] = factor * law[(int) bits & 0xFFFF];
                }
            }
            which[out] = Arrays.copyOf(kept, count);
            weights[out] = Arrays.copyOf(values, count);
        }
        return new Matrix(inputs, which, weights);
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
            Arrays.fill(sum, 0, count, 0);
            int i = 0;
            for (; i + 8 <= w.length; i += 8) {
                Columns.addEight(sum, x, reads, w, i, count);
            }
            for (; i < w.length; i++) {
                Columns.addOne(sum, x[reads[i]], w[i], count);
            }
        }
    }
}
