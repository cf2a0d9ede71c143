package org.relata.learn.fit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.task.TaskRows;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;

/// What a fit leaves behind: a plan of features and the models that read them, as data.
public interface FittedPipeline extends AutoCloseable {
    /// Predictions for rows that see what is dated before their cut-offs.
    ///
    /// @return `[rows][outputs]`: a value, a probability of class 1, or C probabilities
    double[][] predict(Database database, EntityTimes rows, Progress progress);

    /// Predictions for rows whose labels need not be known. Every row sees what is dated before its own seed time.
    ///
    /// @return as above
    default double[][] predict(Database database, TaskRows rows, Progress progress) {
        return predict(database, new EntityTimes(rows.entity(), rows.seed(), rows.seed()), progress);
    }

    /// Predictions with, for each row, how much each feature moved it.
    Explanation explain(Database database, EntityTimes rows, Progress progress);

    /// The same for rows that see what is dated before their own seed time.
    default Explanation explain(Database database, TaskRows rows, Progress progress) {
        return explain(database, new EntityTimes(rows.entity(), rows.seed(), rows.seed()), progress);
    }

    /// The class names in the order of the outputs; empty for regression.
    List<String> classes();

    /// The SQL of every feature query, as one runnable, commented script.
    String featureSql();

    /// Writes the pipeline as a folder of data files: written aside, then renamed.
    ///
    /// @throws IOException when the folder cannot be written
    void write(Path folder) throws IOException;

    @Override
    void close();

    /// Rows explained.
    ///
    /// @param features the features of the rows
    /// @param predictions as [FittedPipeline#predict] gives them
    /// @param contributions `[rows][features + 1]`, the last being the expected value, on the raw scale
    @SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
    record Explanation(FeatureMatrix features, double[][] predictions, double[][] contributions) {}
}
