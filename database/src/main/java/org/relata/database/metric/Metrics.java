package org.relata.database.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.database.task.TaskType;

/// All metrics of a task at once.
public final class Metrics {
    private Metrics() {}

    /// Every metric of the task type by name, the primary one first.
    public static Map<String, Double> all(TaskType type, double[] labels, double[][] predictions) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : Metric.of(type)) {
            values.put(metric.label(), metric.value(labels, predictions));
        }
        return values;
    }

    /// Every metric of the task type by name and, for regression, `nmae`, which needs training labels for its scale.
    ///
    /// @param trainLabels the labels of the training rows
    public static Map<String, Double> all(
            TaskType type, double[] labels, double[][] predictions, double[] trainLabels) {
        Map<String, Double> values = all(type, labels, predictions);
        switch (type) {
            case REGRESSION -> values.put("nmae", normalisedError(labels, predictions, trainLabels));
            case BINARY_CLASSIFICATION, MULTICLASS_CLASSIFICATION -> {}
        }
        return values;
    }

    /// `nmae` of the RelBench 3 board: the mean absolute error over the standard deviation (divisor n - 1) of the
    /// training
    /// labels. NaN when these are fewer than two or all equal.
    public static double normalisedError(double[] labels, double[][] predictions, double[] trainLabels) {
        double mean = Arrays.stream(trainLabels).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(trainLabels).map(y -> (y - mean) * (y - mean)).sum();
        double deviation = Math.sqrt(squares / (trainLabels.length - 1));
        return deviation > 0 ? Metric.MAE.value(labels, predictions) / deviation : Double.NaN;
    }
}
