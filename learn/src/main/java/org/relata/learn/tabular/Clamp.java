package org.relata.learn.tabular;

import java.util.Arrays;
import org.relata.database.RelataException;

/// Bounds for regression predictions: the 2nd and 98th percentile of the training labels.
///
/// @param low the smallest prediction that is given
/// @param high the largest
public record Clamp(double low, double high) {
    /// Refuses bounds in the wrong order.
    public Clamp {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low " + low + " exceeds high " + high);
        }
    }

    /// The bounds that the labels of the training rows give.
    ///
    /// @throws RelataException when there are no labels
    public static Clamp of(double[] trainLabels) {
        if (trainLabels.length == 0) {
            throw RelataException.usage(
                    "labels.none", "training rows", "there are none", "check the task's split times");
        }
        double[] sorted = trainLabels.clone();
        Arrays.sort(sorted);
        return new Clamp(Quantiles.ofSorted(sorted, 0.02), Quantiles.ofSorted(sorted, 0.98));
    }

    /// A value moved inside the bounds.
    public double apply(double value) {
        return Math.clamp(value, low, high);
    }

    /// Predictions of one output moved inside the bounds, as a copy.
    public double[][] apply(double[][] predictions) {
        double[][] clamped = new double[predictions.length][];
        for (int i = 0; i < predictions.length; i++) {
            clamped[i] = new double[] {apply(predictions[i][0])};
        }
        return clamped;
    }
}
