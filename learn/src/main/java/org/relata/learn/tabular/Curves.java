package org.relata.learn.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The points behind the usual pictures of predictions: ROC, precision–recall, and means by groups of like prediction.
///
/// Rows with equal scores move together: a curve has one point for each distinct score, so the order of tied rows never
/// shows. Labels are 0 and 1; scores are finite numbers that grow with the belief in class 1.
public final class Curves {
    private Curves() {}

    /// A point of a curve.
    ///
    /// @param x the horizontal value
    /// @param y the vertical value
    public record Point(double x, double y) {}

    /// Rows of like prediction, and what came of them.
    ///
    /// @param meanPrediction the mean of their predictions
    /// @param meanLabel the mean of their labels; for classes 0 and 1 the share of class 1
    /// @param rows how many they are
    public record Group(double meanPrediction, double meanLabel, int rows) {}

    /// False-positive rate against true-positive rate, from (0, 0) to (1, 1), one point for each distinct score.
    ///
    /// @return the points in order; empty when a class has no row
    public static List<Point> roc(double[] labels, double[] scores) {
        double positives = positives(labels);
        double negatives = labels.length - positives;
        if (positives == 0 || negatives == 0) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0));
        walk(labels, scores, (hits, misses) -> points.add(new Point(misses / negatives, hits / positives)));
        return points;
    }

    /// Recall against precision, recall rising, one point for each distinct score. It is a step curve: between two
    /// points the precision is that of the right one.
    ///
    /// @return the points in order; empty when there is no row of class 1
    public static List<Point> precisionRecall(double[] labels, double[] scores) {
        double positives = positives(labels);
        if (positives == 0) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        walk(labels, scores, (hits, misses) -> points.add(new Point(hits / positives, hits / (hits + misses))));
        return points;
    }

    /// Rows in groups of about equal size by prediction, lowest first. Rows with equal predictions share a group, so
    /// that there may be fewer groups than asked for.
    ///
    /// @param wanted how many groups at most, at least 1
    public static List<Group> groups(double[] labels, double[] predictions, int wanted) {
        double[] sorted = predictions.clone();
        Arrays.sort(sorted);
        double[] tops = new double[wanted];
        int used = 0;
        for (int bin = 1, end = 0; bin <= wanted && end < sorted.length; bin++) {
            int target = (int) ((long) sorted.length * bin / wanted);
            if (target <= end) {
                continue;
            }
            end = target;
            while (end < sorted.length && sorted[end] == sorted[end - 1]) {
                end++;
            }
            tops[used++] = sorted[end - 1];
        }
        double[] predicted = new double[used];
        double[] observed = new double[used];
        int[] rows = new int[used];
        for (int i = 0; i < labels.length; i++) {
            int found = Arrays.binarySearch(tops, 0, used, predictions[i]);
            int bin = found >= 0 ? found : -found - 1;
            predicted[bin] += predictions[i];
            observed[bin] += labels[i];
            rows[bin]++;
        }
        List<Group> result = new ArrayList<>();
        for (int bin = 0; bin < used; bin++) {
            result.add(new Group(predicted[bin] / rows[bin], observed[bin] / rows[bin], rows[bin]));
        }
        return result;
    }

    /// At most `limit` of the points, ends included, evenly spaced along the curve: corners of a ROC curve of a million
    /// rows stay where they are.
    ///
    /// @param limit at least 2
    public static List<Point> thin(List<Point> points, int limit) {
        if (points.size() <= limit) {
            return List.copyOf(points);
        }
        double[] travelled = new double[points.size()];
        for (int i = 1; i < travelled.length; i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            travelled[i] = travelled[i - 1] + Math.abs(to.x() - from.x()) + Math.abs(to.y() - from.y());
        }
        double whole = travelled[travelled.length - 1];
        List<Point> kept = new ArrayList<>(limit);
        kept.add(points.getFirst());
        int last = 0;
        for (int i = 1; i < limit - 1; i++) {
            double target = whole * i / (limit - 1);
            int next = last;
            while (next < points.size() - 1 && travelled[next] < target) {
                next++;
            }
            if (next > last && next < points.size() - 1) {
                kept.add(points.get(next));
                last = next;
            }
        }
        kept.add(points.getLast());
        return kept;
    }

    private static double positives(double[] labels) {
        return Arrays.stream(labels).filter(label -> label == 1).count();
    }

    /// Visits the thresholds from the highest score down, with the rows of either class at or above each.
    private static void walk(double[] labels, double[] scores, Threshold threshold) {
        double[] ones = sorted(labels, scores, true);
        double[] others = sorted(labels, scores, false);
        int one = ones.length;
        int other = others.length;
        while (one > 0 || other > 0) {
            double score = Math.max(
                    one > 0 ? ones[one - 1] : Double.NEGATIVE_INFINITY,
                    other > 0 ? others[other - 1] : Double.NEGATIVE_INFINITY);
            while (one > 0 && ones[one - 1] >= score) {
                one--;
            }
            while (other > 0 && others[other - 1] >= score) {
                other--;
            }
            threshold.at(ones.length - one, others.length - other);
        }
    }

    private static double[] sorted(double[] labels, double[] scores, boolean positive) {
        double[] chosen = IntStream.range(0, labels.length)
                .filter(i -> (labels[i] == 1) == positive)
                .mapToDouble(i -> scores[i])
                .toArray();
        Arrays.sort(chosen);
        return chosen;
    }

    @FunctionalInterface
    private interface Threshold {
        void at(double hits, double misses);
    }
}
