package org.relata.features.leak;

import java.util.Arrays;

/// How well one column alone tells labels.
///
/// Categories are scored by the labels of *other* entities with the same category (five folds by entity), so that an
/// identifier, which knows its own label by heart, tells nothing.
final class Association {
    private static final int FOLDS = 5;

    private Association() {}

    /// The area under the ROC curve of scores for 0/1 labels; ties count one half. NaN when one class is missing.
    static double areaUnderCurve(double[] labels, double[] scores) {
        return areaUnderCurveOfRanks(labels, ranks(scores));
    }

    /// The same from the ranks of scores, which are those for any labels.
    static double areaUnderCurveOfRanks(double[] labels, double[] ranks) {
        double positives = 0;
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == 1) {
                positives++;
                sum += ranks[i];
            }
        }
        double negatives = labels.length - positives;
        return (sum - positives * (positives + 1) / 2) / (positives * negatives);
    }

    /// Spearman's rank correlation; NaN when one side is constant.
    static double rankCorrelation(double[] a, double[] b) {
        return correlation(ranks(a), ranks(b));
    }

    /// Pearson's correlation; NaN when one side is constant.
    static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    /// For each row the mean label of other entities' rows with the same code, shrunk a little towards the mean of all.
    static double[] crossFitted(int[] codes, double[] labels, long[] entities) {
        // From -1, the code of no value; codes are small.
        int kinds = Arrays.stream(codes).max().orElse(-1) + 2;
        double[][] sums = new double[kinds][2 * FOLDS];
        double[] all = new double[2 * FOLDS];
        for (int i = 0; i < codes.length; i++) {
            int fold = fold(entities[i]);
            double[] sum = sums[codes[i] + 1];
            sum[2 * fold] += labels[i];
            sum[2 * fold + 1]++;
            all[2 * fold] += labels[i];
            all[2 * fold + 1]++;
        }
        double[] scores = new double[codes.length];
        for (int i = 0; i < codes.length; i++) {
            int fold = fold(entities[i]);
            double prior = outside(all, fold, 0) / Math.max(1, outside(all, fold, 1));
            double[] sum = sums[codes[i] + 1];
            scores[i] = (outside(sum, fold, 0) + prior) / (outside(sum, fold, 1) + 1);
        }
        return scores;
    }

    private static double outside(double[] sums, int fold, int which) {
        double total = 0;
        for (int f = 0; f < FOLDS; f++) {
            total += f == fold ? 0 : sums[2 * f + which];
        }
        return total;
    }

    private static int fold(long entity) {
        return (int) Math.floorMod(entity * 2_654_435_761L % 1_000_003, (long) FOLDS);
    }

    /// Average ranks from 1; NaN ranks below everything.
    static double[] ranks(double[] values) {
        double[] key = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            // Adding 0 makes -0 and 0 one value.
            key[i] = Double.isNaN(values[i]) ? Double.NEGATIVE_INFINITY : values[i] + 0.0;
        }
        double[] sorted = key.clone();
        Arrays.sort(sorted);
        double[] rankOf = new double[sorted.length];
        for (int i = 0; i < sorted.length; ) {
            int j = i;
            while (j < sorted.length && sorted[j] == sorted[i]) {
                j++;
            }
            Arrays.fill(rankOf, i, j, (i + j + 1) / 2.0);
            i = j;
        }
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            ranks[i] = rankOf[Arrays.binarySearch(sorted, key[i])];
        }
        return ranks;
    }
}
