package org.relata.cli.report;

import java.util.Arrays;
import java.util.Locale;
import org.relata.database.metric.Metric;

/// How a metric is called and explained to people who do not compute it.
///
/// @param title its usual name
/// @param meaning what it says, as the end of a sentence that starts with the title
/// @param higherIsBetter whether larger is better
record MetricWords(String title, String meaning, boolean higherIsBetter) {
    /// The words for a metric by its name in results; a metric that is not known keeps its name.
    static MetricWords of(String name) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.label().equals(name))
                .findFirst()
                .map(MetricWords::of)
                .orElse(new MetricWords(spaced(name), "", true));
    }

    /// The words for a metric.
    static MetricWords of(Metric metric) {
        boolean higher = metric.higherIsBetter();
        return switch (metric) {
            case ROC_AUC ->
                new MetricWords(
                        "AUROC",
                        "the chance that a row where it happens is ranked above one where it does not; 0.5 is guessing, 1 is perfect",
                        higher);
            case AVERAGE_PRECISION ->
                new MetricWords("Average precision", "precision averaged over all levels of recall", higher);
            case AUPRC -> new MetricWords("PR area", "the area under the precision–recall curve", higher);
            case ACCURACY -> new MetricWords("Accuracy", "the share of rows whose class is predicted right", higher);
            case F1 ->
                new MetricWords("F1", "the harmonic mean of precision and recall at probability one half", higher);
            case LOG_LOSS ->
                new MetricWords(
                        "Log loss", "the mean surprise, in nats, at what really happened; 0 is perfect", higher);
            case MACRO_F1 ->
                new MetricWords("Macro F1", "F1 averaged over the classes, each counting the same", higher);
            case MICRO_F1 -> new MetricWords("Micro F1", "F1 over all rows, whatever their class", higher);
            case MRR -> new MetricWords("MRR", "the mean of one over the rank of the true class", higher);
            case MAE ->
                new MetricWords(
                        "MAE",
                        "the mean absolute error: how far predictions are off on average, in units of the label",
                        higher);
            case MSE -> new MetricWords("MSE", "the mean squared error", higher);
            case RMSE ->
                new MetricWords("RMSE", "the root of the mean squared error, which weighs large errors more", higher);
            case R2 ->
                new MetricWords(
                        "R²",
                        "the share of the label's variance that is explained; 0 is its mean, 1 is perfect",
                        higher);
        };
    }

    /// Whether one score is better than another; NaN is never better.
    boolean better(double score, double than) {
        return higherIsBetter ? score > than : score < than;
    }

    /// `entity_mean` as `Entity mean`.
    static String spaced(String name) {
        String words = name.replace('_', ' ').replace('-', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
