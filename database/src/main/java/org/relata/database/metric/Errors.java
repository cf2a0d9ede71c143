package org.relata.database.metric;

import java.util.Arrays;

/// Errors of predicted values.
final class Errors {
    private Errors() {}

    static double absolute(double[] labels, double[][] predictions) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += Math.abs(labels[i] - predictions[i][0]);
        }
        return sum / labels.length;
    }

    static double squared(double[] labels, double[][] predictions) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double error = labels[i] - predictions[i][0];
            sum += error * error;
        }
        return sum / labels.length;
    }

    static double determination(double[] labels, double[][] predictions) {
        double mean = Arrays.stream(labels).average().orElse(Double.NaN);
        double spread = Arrays.stream(labels).map(y -> (y - mean) * (y - mean)).sum();
        return spread > 0 ? 1 - squared(labels, predictions) * labels.length / spread : Double.NaN;
    }
}
