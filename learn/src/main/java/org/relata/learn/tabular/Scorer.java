package org.relata.learn.tabular;

/// A number that says how good predictions are, and in which direction.
///
/// @param name what it is called, for notes and journals
/// @param higherIsBetter whether larger is better
/// @param score how it is computed
public record Scorer(String name, boolean higherIsBetter, Score score) {
    /// Computes a score; a metric's `value` method fits.
    @FunctionalInterface
    public interface Score {
        /// The score of predictions.
        ///
        /// @param labels one a row
        /// @param predictions `[rows][outputs]`; not kept, the caller may overwrite it
        double of(double[] labels, double[][] predictions);
    }

    /// Whether a score beats another; anything beats NaN, and a tie beats nothing.
    public boolean better(double score, double than) {
        if (Double.isNaN(score)) {
            return false;
        }
        return Double.isNaN(than) || (higherIsBetter ? score > than : score < than);
    }
}
