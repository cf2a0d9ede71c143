package org.relata.database.metric;

/// Scores of one probability a row at fixed thresholds.
final class Binary {
    /// How near to 0 and 1 a probability may come before its logarithm is taken.
    static final double NEAREST = 1e-15;

    private Binary() {}

    static double accuracy(double[] labels, double[][] predictions) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += (predictions[i][0] > 0.5) == (labels[i] == 1) ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    static double f1(double[] labels, double[][] predictions) {
        long hits = 0;
        long wrong = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean predicted = predictions[i][0] >= 0.5;
            boolean positive = labels[i] == 1;
            hits += predicted && positive ? 1 : 0;
            wrong += predicted != positive ? 1 : 0;
        }
        return hits == 0 ? 0 : 2.0 * hits / (2.0 * hits + wrong);
    }

    static double logLoss(double[] labels, double[][] predictions) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double ofTrueClass = labels[i] == 1 ? predictions[i][0] : 1 - predictions[i][0];
            sum -= Math.log(Math.clamp(ofTrueClass, NEAREST, 1 - NEAREST));
        }
        return sum / labels.length;
    }
}
