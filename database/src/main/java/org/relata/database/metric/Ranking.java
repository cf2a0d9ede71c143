package org.relata.database.metric;

import java.util.Arrays;

/// Scores of an order of rows: one sort by score, then one pass over groups of equal scores.
final class Ranking {
    private Ranking() {}

    /// The share of (positive, negative) pairs in the right order, ties counting one half.
    static double rocAuc(double[] labels, double[] scores) {
        double[] pairs = {0};
        long[] totals = descend(
                labels,
                scores,
                (positives, negatives, positivesBefore, negativesBefore) ->
                        pairs[0] += negatives * (positivesBefore + 0.5 * positives));
        double all = (double) totals[0] * totals[1];
        return all == 0 ? Double.NaN : pairs[0] / all;
    }

    static double averagePrecision(double[] labels, double[] scores) {
        double[] sum = {0};
        long[] totals = descend(labels, scores, (positives, negatives, positivesBefore, negativesBefore) -> {
            double hits = positivesBefore + positives;
            sum[0] += positives * hits / (hits + negativesBefore + negatives);
        });
        return totals[0] == 0 ? Double.NaN : sum[0] / totals[0];
    }

    /// The curve starts at recall 0 with precision 1.
    static double precisionRecallArea(double[] labels, double[] scores) {
        double[] state = {0, 1};
        long[] totals = descend(labels, scores, (positives, negatives, positivesBefore, negativesBefore) -> {
            double hits = positivesBefore + positives;
            double precision = hits / (hits + negativesBefore + negatives);
            state[0] += positives * (precision + state[1]) / 2;
            state[1] = precision;
        });
        return totals[0] == 0 ? Double.NaN : state[0] / totals[0];
    }

    /// Visits groups of equal scores from the highest down.
    ///
    /// @return how many positives and negatives there are
    private static long[] descend(double[] labels, double[] scores, Group group) {
        int[] order = order(scores);
        long positivesBefore = 0;
        long negativesBefore = 0;
        for (int start = 0; start < order.length; ) {
            int end = start;
            long positives = 0;
            while (end < order.length && scores[order[end]] == scores[order[start]]) {
                positives += labels[order[end]] == 1 ? 1 : 0;
                end++;
            }
            long negatives = end - start - positives;
            group.visit(positives, negatives, positivesBefore, negativesBefore);
            positivesBefore += positives;
            negativesBefore += negatives;
            start = end;
        }
        return new long[] {positivesBefore, negativesBefore};
    }

    /// Row numbers by descending score. Sorts longs that hold a 32-bit rank of the score and the row, which is several
    /// times
    /// faster than sorting boxed numbers.
    private static int[] order(double[] scores) {
        double[] sorted = scores.clone();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] += 0.0; // -0.0 and 0.0 are one score
        }
        double[] keys = sorted.clone();
        Arrays.sort(sorted);
        long[] ranked = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            long rank = Arrays.binarySearch(sorted, keys[i]);
            ranked[i] = (rank << 32) | i;
        }
        Arrays.sort(ranked);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) ranked[order.length - 1 - i];
        }
        return order;
    }

    @FunctionalInterface
    private interface Group {
        void visit(long positives, long negatives, long positivesBefore, long negativesBefore);
    }
}
