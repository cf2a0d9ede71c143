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
    private static final double SPARSE_DEVIATION = 0.01;
    private static final double TRUNCATED_AT = 2;

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
    /// @param density the share of weights that stay, made larger so that sums keep their mean
    /// @param parity whether a matrix of one row that is to be sparse becomes all zero, as in the reference; otherwise
    ///     half of a column is rounded down to whole weights, and a column of one keeps it
    static Matrix draw(
            Initialisation initialisation, int inputs, int outputs, double density, boolean parity, Draws draws) {
        float[] dense = new float[inputs * outputs];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = (float) weight(initialisation, inputs, outputs, draws);
        }
        if (initialisation == Initialisation.SPARSE) {
            int zeros = parity ? (inputs + 1) / 2 : inputs / 2;
            for (int out = 0; out < outputs; out++) {
                int[] order = draws.permutation(inputs);
                for (int i = 0; i < zeros; i++) {
                    dense[order[i] * outputs + out] = 0;
                }
            }
        }
        for (int i = 0; i < dense.length; i++) {
            dense[i] = draws.happens(density) ? (float) (dense[i] / density) : 0;
        }
        return of(dense, inputs, outputs);
    }

    /// One weight. The fan-in is the number of outputs, as in the reference, whose matrices lie the other way round.
    private static double weight(Initialisation initialisation, int inputs, int outputs, Draws draws) {
        return switch (initialisation) {
            case KAIMING_NORMAL -> draws.normal() * Math.sqrt(2.0 / outputs);
            case KAIMING_UNIFORM -> draws.uniform(-1, 1) * Math.sqrt(6.0 / outputs);
            case XAVIER_NORMAL -> draws.normal() * Math.sqrt(2.0 / (inputs + outputs));
            case XAVIER_UNIFORM -> draws.uniform(-1, 1) * Math.sqrt(6.0 / (inputs + outputs));
            case TRUNCATED_NORMAL -> truncated(draws);
            case SPARSE -> draws.normal() * SPARSE_DEVIATION;
        };
    }

    private static double truncated(Draws draws) {
        double value = draws.normal();
        while (Math.abs(value) > TRUNCATED_AT) {
            value = draws.normal();
        }
        return value;
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
