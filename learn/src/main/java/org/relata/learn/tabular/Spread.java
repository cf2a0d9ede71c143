package org.relata.learn.tabular;

/// How far values spread, robust against a few extremes.
final class Spread {
    /// The interquartile range of a normal distribution with standard deviation 1.
    private static final double NORMAL_QUARTILES = 1.349;

    private Spread() {}

    /// A positive number near the standard deviation: from the quartiles where they differ, else the standard
    /// deviation, else 1.
    ///
    /// @param sorted ascending finite values
    static double of(double[] sorted) {
        if (sorted.length == 0) {
            return 1;
        }
        double quartiles = Quantiles.ofSorted(sorted, 0.75) - Quantiles.ofSorted(sorted, 0.25);
        if (quartiles > 0 && Double.isFinite(quartiles)) {
            return quartiles / NORMAL_QUARTILES;
        }
        double mean = 0;
        for (double v : sorted) {
            mean += v / sorted.length;
        }
        double squares = 0;
        for (double v : sorted) {
            squares += (v - mean) * (v - mean) / sorted.length;
        }
        double deviation = Math.sqrt(squares);
        return deviation > 0 && Double.isFinite(deviation) ? deviation : 1;
    }
}
