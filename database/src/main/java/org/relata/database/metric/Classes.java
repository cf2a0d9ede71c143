package org.relata.database.metric;

import java.util.Arrays;

/// Scores of several classes.
final class Classes {
    private Classes() {}

    /// The class of the largest score, the first among equals.
    static int largest(double[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }

    static double accuracy(double[] labels, double[][] predictions) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += largest(predictions[i]) == (int) labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    static double macroF1(double[] labels, double[][] predictions) {
        int classes = predictions[0].length;
        long[] hits = new long[classes];
        long[] labelled = new long[classes];
        long[] predicted = new long[classes];
        for (int i = 0; i < labels.length; i++) {
            int best = largest(predictions[i]);
            int label = (int) labels[i];
            predicted[best]++;
            labelled[label]++;
            hits[label] += best == label ? 1 : 0;
        }
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classes; c++) {
            if (labelled[c] + predicted[c] > 0) {
                sum += 2.0 * hits[c] / (labelled[c] + predicted[c]);
                present++;
            }
        }
        return sum / present;
    }

    static double meanReciprocalRank(double[] labels, double[][] predictions) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double own = predictions[i][(int) labels[i]];
            sum += 1.0
                    / (1
                            + Arrays.stream(predictions[i])
                                    .filter(score -> score > own)
                                    .count());
        }
        return sum / labels.length;
    }

    static double logLoss(double[] labels, double[][] predictions) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double total = Arrays.stream(predictions[i]).sum();
            double share = predictions[i][(int) labels[i]] / (total > 0 ? total : 1);
            sum -= Math.log(Math.clamp(share, Binary.NEAREST, 1 - Binary.NEAREST));
        }
        return sum / labels.length;
    }

    static double macroRocAuc(double[] labels, double[][] predictions) {
        double sum = 0;
        int defined = 0;
        for (int c = 0; c < predictions[0].length; c++) {
            int output = c;
            double[] own = Arrays.stream(labels)
                    .map(label -> (int) label == output ? 1 : 0)
                    .toArray();
            double[] scores =
                    Arrays.stream(predictions).mapToDouble(row -> row[output]).toArray();
            double area = Ranking.rocAuc(own, scores);
            if (!Double.isNaN(area)) {
                sum += area;
                defined++;
            }
        }
        return defined == 0 ? Double.NaN : sum / defined;
    }
}
