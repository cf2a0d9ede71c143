package org.relata.synth.column;

import org.relata.synth.schema.Decimals;

/// Fits numbers into a decimal type: multiplied with a power of ten where they would be too large or all the same,
/// rounded,
/// and cut.
final class Fitting {
    /// The share of rows at either end whose numbers may be cut.
    private static final double TAIL = 0.01;

    /// Fewer units of the last digit between the ends than these would show little of a column.
    private static final double LEAST_SPREAD = 20;

    private static final double RANKS = 1000;

    private Fitting() {}

    /// A curve whose values fit.
    ///
    /// @param curve what is to fit
    /// @param sample the values of the column
    static Curve of(Curve curve, Sample sample, Decimals decimals) {
        float[] sorted = sample.sorted();
        double largest = decimals.largest();
        double ones = decimals.unitsOfOne();
        if (sorted.length == 0) {
            return rounded(curve, ones, largest, ones);
        }
        int tail = (int) (TAIL * sorted.length);
        double low = curve.of(sorted[tail], Curve.NO_ROW) * ones;
        double high = curve.of(sorted[sorted.length - 1 - tail], Curve.NO_ROW) * ones;
        double size = Math.max(Math.abs(low), Math.abs(high));
        double factor = 1;
        while (size * factor > largest) {
            factor /= 10;
        }
        double spread = high - low;
        while (spread > 0 && spread * factor < LEAST_SPREAD && size * factor * 10 <= largest) {
            factor *= 10;
        }
        if (spread * factor < Math.min(LEAST_SPREAD, largest)) {
            // Too near to one another to be told apart, or nearly all the same: their order is all that can be shown.
            Curve ranks = Curve.ranks(sample);
            return rounded(ranks, Math.min(RANKS, largest), largest, ones);
        }
        return rounded(curve, ones * factor, largest, ones);
    }

    private static Curve rounded(Curve curve, double factor, double largest, double ones) {
        return (value, row) -> Math.rint(Math.clamp(curve.of(value, row) * factor, -largest, largest)) / ones + 0.0;
    }
}
