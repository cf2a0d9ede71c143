package org.relata.synth.link;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import org.relata.synth.random.Key;

/// How likely the rows of a parent table are to be referred to, beside what their clusters say.
public sealed interface Popularity {
    /// The weight of all rows from one up to, but not including, another.
    double total(long from, long to);

    /// The row of a range that random bits stand for.
    long pick(long from, long to, long bits);

    /// All rows alike.
    static Popularity even() {
        return new Even();
    }

    /// Rows with weights of their own.
    ///
    /// @param rows how many
    /// @param weight the weight of each, not negative, not all zero
    static Popularity weighted(long rows, LongToDoubleFunction weight) {
        double[] sums = new double[Math.toIntExact(rows) + 1];
        for (int row = 0; row < rows; row++) {
            sums[row + 1] = sums[row] + weight.applyAsDouble(row);
        }
        return new Weighted(sums);
    }

    /// Rows whose weights follow a Pareto law, some of which are never referred to.
    ///
    /// @param key the key of the foreign key's links
    /// @param rows how many
    /// @param exponent of the Pareto law; infinite where all that are referred to are alike
    /// @param inactive the share that is never referred to; one row is always left
    static Popularity pareto(Key key, long rows, double exponent, double inactive) {
        Key weights = key.child("popularity");
        Key out = key.child("inactive");
        long kept = out.below(-1, rows);
        return weighted(
                rows,
                row -> row != kept && out.uniform(row) < inactive
                        ? 0
                        : StrictMath.pow(1 - weights.uniform(row), -1 / exponent));
    }

    /// All rows alike.
    record Even() implements Popularity {
        @Override
        public double total(long from, long to) {
            return to - from;
        }

        @Override
        public long pick(long from, long to, long bits) {
            return from + Math.unsignedMultiplyHigh(bits, to - from);
        }
    }

    /// Rows with weights, as running sums. A row is found by bisection: popular rows do not make it slower.
    ///
    /// @param sums for each row, the weight of all rows before it; one more for all rows
    record Weighted(double[] sums) implements Popularity {
        @Override
        public double total(long from, long to) {
            return sums[(int) to] - sums[(int) from];
        }

        @Override
        public long pick(long from, long to, long bits) {
            double wanted = sums[(int) from] + (bits >>> 11) * 0x1.0p-53 * total(from, to);
            int found = Arrays.binarySearch(sums, (int) from, (int) to, wanted);
            int row = found >= 0 ? found : -found - 2;
            row = Math.clamp(row, (int) from, (int) to - 1);
            // The sum before a row without weight is the sum before the next one too.
            while (row < to - 1 && sums[row + 1] == sums[row]) {
                row++;
            }
            while (row > from && sums[row + 1] == sums[row]) {
                row--;
            }
            return row;
        }
    }
}
