package org.relata.learn.tabular;

/// Quantiles by linear interpolation between order statistics, numpy's default.
final class Quantiles {
    private Quantiles() {}

    /// A quantile of ascending values.
    ///
    /// @param sorted at least one value
    /// @param q between 0 and 1
    static double ofSorted(double[] sorted, double q) {
        double position = q * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        double fraction = position - below;
        if (fraction == 0 || sorted[below] == sorted[above]) {
            return sorted[below];
        }
        return sorted[below] + (sorted[above] - sorted[below]) * fraction;
    }
}
