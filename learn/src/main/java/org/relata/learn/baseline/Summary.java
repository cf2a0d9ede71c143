package org.relata.learn.baseline;

import java.util.Arrays;

/// What a set of labels predicts.
@FunctionalInterface
interface Summary {
    /// The prediction; the labels are at least one and in the order of the rows.
    double[] of(double[] labels);

    static double mean(double[] labels) {
        return Arrays.stream(labels).sum() / labels.length;
    }

    static double median(double[] labels) {
        double[] sorted = labels.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// One output: the most frequent label. C outputs: 1 for the most frequent class.
    static double[] mostFrequent(double[] labels, int outputs) {
        int[] counts = counts(labels, Math.max(2, outputs));
        int best = 0;
        for (int c = 1; c < counts.length; c++) {
            best = counts[c] > counts[best] ? c : best;
        }
        if (outputs == 1) {
            return new double[] {best};
        }
        double[] scores = new double[outputs];
        scores[best] = 1;
        return scores;
    }

    /// One output: the share of label 1. C outputs: the share of each class.
    static double[] shares(double[] labels, int outputs) {
        if (outputs == 1) {
            return new double[] {mean(labels)};
        }
        return Arrays.stream(counts(labels, outputs))
                .mapToDouble(count -> (double) count / labels.length)
                .toArray();
    }

    private static int[] counts(double[] labels, int classes) {
        int[] counts = new int[classes];
        for (double label : labels) {
            counts[(int) label]++;
        }
        return counts;
    }
}
