package org.relata.synth.column;

import org.relata.synth.config.Transform;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Normal;

/// A monotone function of a variable's value. It may use the row, where ranks of equal values differ.
@FunctionalInterface
public interface Curve {
    /// Stands for a row that was not among those known.
    long NO_ROW = -1;

    /// The value shown, finite.
    double of(float value, long row);

    /// What a transform does.
    ///
    /// @param sample the values of the column
    static Curve of(Transform transform, Sample sample) {
        return switch (transform) {
            case IDENTITY -> (value, _) -> value;
            case RANK_UNIFORM -> ranks(sample);
            case LOG -> (value, _) -> Math.signum(value) * StrictMath.log1p(Math.abs((double) value));
            case SQRT -> (value, _) -> Math.signum(value) * Math.sqrt(Math.abs((double) value));
            case STANDARDIZE -> {
                double mean = sample.mean();
                double deviation = Math.max(sample.deviation(), 1e-8);
                yield (value, _) -> (value - mean) / deviation;
            }
        };
    }

    /// Ranks as shares, strictly between 0 and 1.
    static Curve ranks(Sample sample) {
        if (sample.complete()) {
            double[] ranks = sample.ranks();
            // Where a column is held, what depends on it takes other values than those that were ranked.
            return (value, row) -> sample.has(row, value) ? ranks[(int) row] : sample.rank(value);
        }
        return (value, _) -> sample.rank(value);
    }

    /// A law for whole numbers: about a bell, or, as counts are, many small ones.
    static Curve counts(Sample sample, Draws draws) {
        double scale = StrictMath.pow(10, draws.uniform(0.5, 3));
        double offset = draws.happens(0.5) ? Math.rint(scale * 4) : 0;
        boolean bell = draws.happens(0.5);
        Curve ranks = ranks(sample);
        return bell
                ? (value, row) -> offset + scale * Normal.quantile(ranks.of(value, row))
                : (value, row) -> -scale * StrictMath.log(1 - ranks.of(value, row));
    }

    /// Days in the years before a day.
    ///
    /// @param last the day, since 1970-01-01
    static Curve days(Sample sample, long last, Draws draws) {
        double years = draws.uniform(1, 60);
        Curve ranks = ranks(sample);
        return (value, row) -> last - 365.25 * years * (1 - ranks.of(value, row));
    }
}
