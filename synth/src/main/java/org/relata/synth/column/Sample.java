package org.relata.synth.column;

import java.util.Arrays;

/// What is known about the values of a column: those of all rows, or, of a large table, of evenly spread rows.
///
/// Ranks, means and deviations are taken over these, so that a table can be written row by row, and comes out the same
/// in parts of any size.
public final class Sample {
    private final float[] inOrder;
    private final float[] sorted;
    private final boolean complete;

    /// A sample.
    ///
    /// @param inOrder the values by row
    /// @param complete whether these are all rows
    public Sample(float[] inOrder, boolean complete) {
        this.inOrder = inOrder;
        this.complete = complete;
        this.sorted = inOrder.clone();
        Arrays.sort(sorted);
    }

    /// The values, ascending. Do not change them.
    public float[] sorted() {
        return sorted;
    }

    double mean() {
        double sum = 0;
        for (float value : inOrder) {
            sum += value;
        }
        return sum / Math.max(1, inOrder.length);
    }

    /// The standard deviation of the population.
    double deviation() {
        double mean = mean();
        double squares = 0;
        for (float value : inOrder) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / Math.max(1, inOrder.length));
    }

    /// The rank of each row as a share strictly between 0 and 1; rows of one value rank in row order.
    ///
    /// Only of a complete sample. Sorts pairs of value and row, packed into one number each.
    double[] ranks() {
        int size = inOrder.length;
        long[] keys = new long[size];
        for (int row = 0; row < size; row++) {
            int bits = Float.floatToIntBits(inOrder[row] + 0f);
            keys[row] = (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << 32 | row;
        }
        Arrays.sort(keys);
        double[] ranks = new double[size];
        for (int rank = 0; rank < size; rank++) {
            ranks[(int) keys[rank]] = (rank + 1.0) / (size + 1);
        }
        return ranks;
    }

    boolean complete() {
        return complete;
    }

    /// Whether a row has this very value; only of a complete sample.
    boolean has(long row, float value) {
        return row >= 0 && inOrder[(int) row] == value;
    }

    /// The rank that a value has among the sample, on a straight line between its neighbours.
    public double rank(float value) {
        int size = sorted.length;
        int at = Arrays.binarySearch(sorted, value);
        if (at >= 0) {
            return (at + 1.0) / (size + 1);
        }
        int above = -at - 1;
        double part = 0;
        if (above > 0 && above < size) {
            part = (value - sorted[above - 1]) / ((double) sorted[above] - sorted[above - 1]);
        }
        return Math.clamp((above + part) / (size + 1), 0.5 / (size + 1), 1 - 0.5 / (size + 1));
    }

    /// How many rows have the most frequent value.
    public int mostFrequent() {
        int most = 0;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            most = Math.max(most, run);
        }
        return most;
    }

    /// How many values there are.
    public int size() {
        return sorted.length;
    }
}
