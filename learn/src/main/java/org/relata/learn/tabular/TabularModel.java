package org.relata.learn.tabular;

import java.io.IOException;
import java.nio.file.Path;
import org.relata.features.FeatureMatrix;

/// A fitted model over a feature matrix. Predictions are read-only over the model and safe to call from one thread at a
/// time.
///
/// Model files are data: reading one never runs code from it.
public interface TabularModel extends AutoCloseable {
    /// Predictions for each row.
    ///
    /// @param x rows with the features the model was fitted on, in the same order
    /// @return `[rows][outputs]`: one output for regression (the value) and binary tasks (the probability of class 1),
    ///     C probabilities that sum to 1 for C classes
    double[][] predict(FeatureMatrix x);

    /// How much each feature moved each prediction, on the model's raw scale (log-odds for classification).
    ///
    /// @return `[rows][width + 1]` for regression and binary tasks, the last entry being the expected value, so that
    ///     each row sums to its raw prediction; for C classes the entries of the predicted class
    double[][] contributions(FeatureMatrix x);

    /// Writes the model as one file.
    ///
    /// @throws IOException when the file cannot be written
    void write(Path file) throws IOException;

    @Override
    void close();
}
