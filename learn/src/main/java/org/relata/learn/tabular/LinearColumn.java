package org.relata.learn.tabular;

/// One column of a linear model's design: a function of one feature, centred and of unit spread over the training rows.
///
/// @param feature which feature it reads
/// @param kind what it computes from it
/// @param code the category of a `LEVEL`; 0 otherwise
/// @param center what a `VALUE` is shifted by before it is bent
/// @param scale what it is divided by before it is bent
/// @param mean the training mean of what is computed
/// @param deviation its training standard deviation
record LinearColumn(int feature, Kind kind, int code, double center, double scale, double mean, double deviation) {
    /// Beyond so many deviations a value says no more: far outside training a line should not run on.
    private static final double MOST_DEVIATIONS = 5;

    /// What a column computes.
    enum Kind {
        /// The value, with the tails bent like a logarithm; a missing one counts as the mean.
        VALUE,
        /// 1 where the value is missing, else 0.
        MISSING,
        /// 1 for one category, else 0.
        LEVEL
    }

    /// The same column before it is centred and scaled.
    static LinearColumn unscaled(int feature, Kind kind, int code, double center, double scale) {
        return new LinearColumn(feature, kind, code, center, scale, 0, 1);
    }

    LinearColumn standardised(double newMean, double newDeviation) {
        return new LinearColumn(feature, kind, code, center, scale, newMean, newDeviation);
    }

    /// What is computed, before centring; NaN for a missing value of a `VALUE` column.
    double plain(float value) {
        return switch (kind) {
            case VALUE -> Float.isNaN(value) ? Double.NaN : bend((value - center) / scale);
            case MISSING -> Float.isNaN(value) ? 1 : 0;
            case LEVEL -> value == code ? 1 : 0;
        };
    }

    /// The entry of the design for a value.
    double encode(float value) {
        double plain = plain(value);
        if (Double.isNaN(plain)) {
            return 0;
        }
        double standard = (plain - mean) / deviation;
        return kind == Kind.VALUE ? Math.clamp(standard, -MOST_DEVIATIONS, MOST_DEVIATIONS) : standard;
    }

    /// The inverse hyperbolic sine: a line near zero, a logarithm far from it, of either sign.
    private static double bend(double z) {
        double size = Math.min(Math.abs(z), 1e12);
        return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), z);
    }
}
