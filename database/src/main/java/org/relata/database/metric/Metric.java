package org.relata.database.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;

/// A score of predictions against labels, as RelBench defines it and under its name.
///
/// Labels are 0 or 1, class numbers 0 … C-1, or values. Predictions are `[rows][outputs]`: one output is a value or the
/// probability of class 1, C outputs are the scores of C classes. No metric needs more than O(n log n) time. Every
/// metric is
/// NaN for no rows, and where a prediction is NaN.
public enum Metric {
    /// The area under the ROC curve; a tie between a positive and a negative counts one half. NaN when labels are of
    /// one class.
    ///
    /// With C outputs, the plain mean of the one-against-rest areas of the classes that some, but not all, rows have.
    ROC_AUC(true),
    /// The sum over thresholds of precision times the step in recall. NaN without a positive.
    AVERAGE_PRECISION(true),
    /// The area under the precision-recall curve by trapezoids, which is not [#AVERAGE_PRECISION]. NaN without a
    /// positive.
    AUPRC(true),
    /// The mean negative logarithm of the probability given to the true class; probabilities are kept within 1e-15 of 0
    /// and 1,
    /// and those of C classes are divided by their sum.
    LOG_LOSS(false),
    /// The share of rows whose class is right: probability > 0.5 is class 1 (0.5 is class 0); with C outputs the class
    /// of the
    /// largest score, the first among equals.
    ACCURACY(true),
    /// The F1 score of class 1, where probability >= 0.5 is class 1 (0.5 is class 1, unlike in [#ACCURACY]). 0 when
    /// nothing is
    /// positive.
    F1(true),
    /// The plain mean over classes, of those that occur in labels or predictions, of the F1 score of each.
    MACRO_F1(true),
    /// The F1 score over all classes pooled, which for one class a row is [#ACCURACY].
    MICRO_F1(true),
    /// The mean reciprocal rank of the true class by descending score, where equal scores share the best rank among
    /// them.
    MRR(true),
    /// The mean absolute error.
    MAE(false),
    /// The mean squared error.
    MSE(false),
    /// The square root of [#MSE].
    RMSE(false),
    /// 1 minus the squared error over that of always predicting the mean of these labels. NaN when all labels are
    /// equal.
    R2(true);

    private final boolean higherIsBetter;

    Metric(boolean higherIsBetter) {
        this.higherIsBetter = higherIsBetter;
    }

    /// The name in files and results: `roc_auc`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a larger value is a better one.
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /// Whether one value is better than another; NaN is worse than everything.
    public boolean better(double candidate, double incumbent) {
        if (Double.isNaN(candidate) || Double.isNaN(incumbent)) {
            return !Double.isNaN(candidate);
        }
        return higherIsBetter ? candidate > incumbent : candidate < incumbent;
    }

    /// The score.
    ///
    /// @param labels one label a row
    /// @param predictions one array of outputs a row; all of one length
    public double value(double[] labels, double[][] predictions) {
        if (labels.length != predictions.length) {
            throw new IllegalArgumentException(labels.length + " labels but " + predictions.length + " predictions");
        }
        if (labels.length == 0) {
            return Double.NaN;
        }
        for (double[] row : predictions) {
            for (double score : row) {
                if (Double.isNaN(score)) {
                    return Double.NaN;
                }
            }
        }
        boolean oneOutput = predictions[0].length == 1;
        return switch (this) {
            case ROC_AUC ->
                oneOutput ? Ranking.rocAuc(labels, column(predictions, 0)) : Classes.macroRocAuc(labels, predictions);
            case AVERAGE_PRECISION -> Ranking.averagePrecision(labels, column(predictions, 0));
            case AUPRC -> Ranking.precisionRecallArea(labels, column(predictions, 0));
            case LOG_LOSS -> oneOutput ? Binary.logLoss(labels, predictions) : Classes.logLoss(labels, predictions);
            case ACCURACY, MICRO_F1 ->
                oneOutput ? Binary.accuracy(labels, predictions) : Classes.accuracy(labels, predictions);
            case F1 -> Binary.f1(labels, predictions);
            case MACRO_F1 -> Classes.macroF1(labels, predictions);
            case MRR -> Classes.meanReciprocalRank(labels, predictions);
            case MAE -> Errors.absolute(labels, predictions);
            case MSE -> Errors.squared(labels, predictions);
            case RMSE -> Math.sqrt(Errors.squared(labels, predictions));
            case R2 -> Errors.determination(labels, predictions);
        };
    }

    /// The metrics of a task type, the primary one first.
    public static List<Metric> of(TaskType type) {
        return switch (type) {
            case BINARY_CLASSIFICATION -> List.of(ROC_AUC, AVERAGE_PRECISION, AUPRC, LOG_LOSS, ACCURACY, F1);
            case MULTICLASS_CLASSIFICATION -> List.of(ACCURACY, MACRO_F1, MICRO_F1, MRR, ROC_AUC, LOG_LOSS);
            case REGRESSION -> List.of(MAE, RMSE, MSE, R2);
        };
    }

    /// The metric that decides unless a task names another.
    ///
    /// The boards rank binary tasks by [#ROC_AUC] and regression by [#MAE]. They rank no task of several classes;
    /// RelBench
    /// lists accuracy first there, and unlike the mean of one-against-rest areas it does not hang on classes with a
    /// handful of
    /// rows, and is defined whichever classes a split has: so [#ACCURACY].
    public static Metric primary(TaskType type) {
        return of(type).getFirst();
    }

    /// The metric of that name for a task type.
    ///
    /// @throws RelataException `metric.unknown`, with the known names, when there is none
    public static Metric named(String name, TaskType type) {
        return of(type).stream()
                .filter(metric -> metric.label().equals(name))
                .findFirst()
                .orElseThrow(() -> RelataException.usage(
                        "metric.unknown",
                        "metric " + name,
                        "a " + type.label() + " task has no such metric",
                        "use one of: " + of(type).stream().map(Metric::label).collect(Collectors.joining(", "))));
    }

    private static double[] column(double[][] predictions, int output) {
        return Arrays.stream(predictions).mapToDouble(row -> row[output]).toArray();
    }
}
