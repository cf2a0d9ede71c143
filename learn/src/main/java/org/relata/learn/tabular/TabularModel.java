package org.relata.learn.tabular;

import java.io.IOException;
import java.nio.file.Path;
import org.relata.features.FeatureMatrix;

/// A fitted model over a feature matrix. Predictions are read-only over the model and safe to call from one thread at a
/// time.
///
/// Model files are data: reading one never runs code from it.
public sealed interface TabularModel extends AutoCloseable permits BoostedTrees, LinearModel {
    /// Predictions for each row.
    ///
    /// @param x rows with the features the model was fitted on, in the same order
    /// @return `[rows][outputs]`: one output for regression (the value) and binary tasks (the probability of class 1),
    /// C
    ///     probabilities that sum to 1 for C classes
    double[][] predict(FeatureMatrix x);

    /// Predictions on the raw scale: log-odds for binary tasks, one score a class, the value for regression.
    double[][] predictRaw(FeatureMatrix x);

    /// How much each feature moved each prediction, on the model's raw scale (log-odds for classification).
    ///
    /// @return `[rows][width + 1]` for regression and binary tasks, the last entry being the expected value, so that
    /// each row
    ///     sums to its raw prediction; for C classes the entries of the predicted class
    default double[][] contributions(FeatureMatrix x) {
        return contributions(x, target().outputs() == 1 ? new int[0] : Classes.predicted(predict(x)));
    }

    /// The same for chosen classes.
    ///
    /// @param classes for each row the class whose score is explained; not read unless there are several outputs
    double[][] contributions(FeatureMatrix x, int[] classes);

    /// What it predicts.
    Target target();

    /// Writes the model as one file, aside first and then renamed.
    ///
    /// @throws IOException when the file cannot be written
    void write(Path file) throws IOException;

    /// Reads a model of any kind.
    ///
    /// @throws org.relata.database.RelataException when the file is missing, damaged or no model
    /// @throws IOException when it cannot be read
    static TabularModel read(Path file) throws IOException {
        ModelFile content = ModelFile.read(file);
        return switch (content.header().path("format").asString("")) {
            case BoostedTrees.FORMAT -> BoostedTrees.of(file, content);
            case LinearModel.FORMAT -> LinearModel.of(file, content);
            default -> throw ModelFile.damaged(file, "it holds no model that is known");
        };
    }

    @Override
    void close();
}
