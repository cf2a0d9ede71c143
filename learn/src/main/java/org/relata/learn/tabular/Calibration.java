package org.relata.learn.tabular;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How far probabilities can be taken at their word.
///
/// @param bins the reliability diagram, by rising probability
/// @param expectedCalibrationError the mean distance between what was promised and what came, over rows by bin; 0 is
/// best
/// @param brier the mean squared distance between probability and outcome; over all classes for several
public record Calibration(List<Bin> bins, double expectedCalibrationError, double brier) {
    /// Copies the bins.
    public Calibration {
        bins = List.copyOf(bins);
    }

    /// Rows of similar probability.
    ///
    /// @param low the smallest probability in it
    /// @param high the largest
    /// @param rows how many rows it has
    /// @param meanProbability what was promised
    /// @param share what came: the share of rows whose outcome was true
    public record Bin(double low, double high, int rows, double meanProbability, double share) {}

    /// Calibration of probabilities of class 1.
    ///
    /// @param labels 0 or 1 a row
    /// @param predictions `[rows][1]`
    /// @param bins into how many bins of about equally many rows; equal probabilities share a bin
    public static Calibration ofBinary(double[] labels, double[][] predictions, int bins) {
        int rows = labels.length;
        boolean[] came = new boolean[rows];
        double[] promised = new double[rows];
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            came[i] = labels[i] == 1;
            promised[i] = predictions[i][0];
            squares += (promised[i] - labels[i]) * (promised[i] - labels[i]);
        }
        return of(came, promised, squares / rows, bins);
    }

    /// Calibration of the probability that the predicted class is right, as is usual for several classes.
    ///
    /// @param labels the class numbers
    /// @param predictions `[rows][classes]`
    /// @param bins as above
    public static Calibration ofClasses(double[] labels, double[][] predictions, int bins) {
        int rows = labels.length;
        int[] predicted = Classes.predicted(predictions);
        boolean[] came = new boolean[rows];
        double[] promised = new double[rows];
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            came[i] = predicted[i] == labels[i];
            promised[i] = predictions[i][predicted[i]];
            for (int c = 0; c < predictions[i].length; c++) {
                double distance = predictions[i][c] - (labels[i] == c ? 1 : 0);
                squares += distance * distance;
            }
        }
        return of(came, promised, squares / rows, bins);
    }

    private static Calibration of(boolean[] came, double[] promised, double brier, int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("at least one bin is needed");
        }
        int rows = promised.length;
        int[] order = IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> promised[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        int first = 0;
        for (int b = 1; b <= wanted && first < rows; b++) {
            int end = (int) ((long) rows * b / wanted);
            while (end > first && end < rows && promised[order[end]] == promised[order[end - 1]]) {
                end++;
            }
            if (end <= first) {
                continue;
            }
            double sum = 0;
            int hits = 0;
            for (int i = first; i < end; i++) {
                sum += promised[order[i]];
                hits += came[order[i]] ? 1 : 0;
            }
            int count = end - first;
            Bin bin = new Bin(
                    promised[order[first]], promised[order[end - 1]], count, sum / count, (double) hits / count);
            bins.add(bin);
            error += (double) count / rows * Math.abs(bin.meanProbability() - bin.share());
            first = end;
        }
        return new Calibration(bins, error, brier);
    }
}
