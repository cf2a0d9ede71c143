package org.relata.cli.report;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;
import org.relata.learn.fit.ScoredRows;

/// Labels drawn by seed from a latent score, and predictions that see it through noise.
final class SampleRows {
    private SampleRows() {}

    static ScoredRows binaryRows(Split split, LocalDateTime start, int rows, double rate, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] labels = new double[rows];
        double[][] predictions = new double[rows][1];
        double bias = Math.log(rate / (1 - rate));
        for (int i = 0; i < rows; i++) {
            double latent = random.nextGaussian();
            double seen = 0.75 * latent + 0.5 * random.nextGaussian();
            labels[i] = random.nextDouble() < sigmoid(bias + 1.15 * latent) ? 1 : 0;
            predictions[i][0] = sigmoid(bias + 0.1 + 1.25 * seen);
        }
        return new ScoredRows(split, new TaskRows(entities(rows), seeds(start, rows, 40, 30), labels), predictions);
    }

    static ScoredRows valueRows(Split split, LocalDateTime start, int rows, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] labels = new double[rows];
        double[][] predictions = new double[rows][1];
        for (int i = 0; i < rows; i++) {
            double skill = random.nextDouble(2, 21);
            double drift = split == Split.TEST ? 1.6 * i / rows : 0;
            labels[i] = Math.clamp(skill + 3.2 * random.nextGaussian(), 1, 24);
            predictions[i][0] = Math.clamp(3 + 0.72 * skill + (2.2 + drift) * random.nextGaussian(), 3.1, 19.6);
        }
        return new ScoredRows(split, new TaskRows(entities(rows), seeds(start, rows, 36, 60), labels), predictions);
    }

    static ScoredRows classRows(Split split, LocalDateTime start, int rows, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = {0.3, 0.4, 0.2, 0.07, 0.03};
        double[] labels = new double[rows];
        double[][] predictions = new double[rows][weights.length];
        for (int i = 0; i < rows; i++) {
            double draw = random.nextDouble();
            int label = 0;
            while (label < weights.length - 1 && draw > weights[label]) {
                draw -= weights[label++];
            }
            labels[i] = label;
            double sum = 0;
            for (int c = 0; c < weights.length; c++) {
                predictions[i][c] = weights[c]
                        * Math.exp(
                                (c == label ? 1.3 : Math.abs(c - label) == 1 ? 0.4 : 0) + 0.9 * random.nextGaussian());
                sum += predictions[i][c];
            }
            for (int c = 0; c < weights.length; c++) {
                predictions[i][c] /= sum;
            }
        }
        // Every row is its own time, as in auto-complete tasks.
        return new ScoredRows(split, new TaskRows(entities(rows), seeds(start, rows, rows, 1), labels), predictions);
    }

    private static long[] entities(int rows) {
        long[] entities = new long[rows];
        Arrays.setAll(entities, i -> i % 57);
        return entities;
    }

    private static long[] seeds(LocalDateTime start, int rows, int times, int days) {
        long[] seeds = new long[rows];
        Arrays.setAll(
                seeds, i -> start.plusDays((long) i * times / rows * days).toEpochSecond(ZoneOffset.UTC) * 1_000_000L);
        return seeds;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double mean(int rows, IntToDoubleFunction value) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += value.applyAsDouble(i);
        }
        return sum / rows;
    }
}
