package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;

class BootstrapTest {
    private static double[][] column(double[] values) {
        double[][] predictions = new double[values.length][1];
        for (int i = 0; i < values.length; i++) {
            predictions[i][0] = values[i];
        }
        return predictions;
    }

    @Test
    void theIntervalOfAMeanIsThatOfTheTextbook() {
        SplittableRandom random = new SplittableRandom(1);
        int rows = 400;
        double[] labels = new double[rows];
        double mean = 0;
        for (int i = 0; i < rows; i++) {
            labels[i] = random.nextGaussian();
            mean += labels[i] / rows;
        }
        Bootstrap.Range range = Bootstrap.standard(7, 2)
                .interval(labels, new double[rows][1], TaskType.REGRESSION, (y, p) -> Samples.mean(y));
        assertEquals(mean, range.estimate(), 1e-12);
        // A mean of 400 draws of spread 1 has standard error 0.05.
        assertEquals(mean - 1.96 * 0.05, range.low(), 0.015);
        assertEquals(mean + 1.96 * 0.05, range.high(), 0.015);
        assertEquals(1000, range.resamples());
    }

    @Test
    void rowsOfAnEntityAreDrawnTogether() {
        SplittableRandom random = new SplittableRandom(1);
        int entities = 400;
        int copies = 9;
        double[] labels = new double[entities * copies];
        long[] entity = new long[labels.length];
        for (int e = 0; e < entities; e++) {
            double value = random.nextGaussian();
            for (int copy = 0; copy < copies; copy++) {
                labels[e + copy * entities] = value;
                entity[e + copy * entities] = 7L * e;
            }
        }
        double[][] none = new double[labels.length][1];
        Bootstrap bootstrap = Bootstrap.standard(7, 2);
        Bootstrap.Range together =
                bootstrap.interval(entity, labels, none, TaskType.REGRESSION, (y, p) -> Samples.mean(y));
        Bootstrap.Range apart = bootstrap.interval(labels, none, TaskType.REGRESSION, (y, p) -> Samples.mean(y));
        // Copies are no evidence: the standard error stays that of 400 values, 0.05, and is not a third of it.
        assertEquals(2 * 1.96 * 0.05, together.high() - together.low(), 0.03);
        assertEquals(2 * 1.96 * 0.05 / 3, apart.high() - apart.low(), 0.02);
        assertEquals(apart.estimate(), together.estimate(), 1e-12);
    }

    @Test
    void aRareClassOfFewEntitiesIsInEveryResample() {
        double[] labels = new double[600];
        long[] entity = new long[600];
        for (int i = 0; i < labels.length; i++) {
            entity[i] = i / 3;
            labels[i] = i == 4 ? 1 : 0;
        }
        Bootstrap.Range range = Bootstrap.standard(1, 2)
                .interval(
                        entity,
                        labels,
                        new double[600][1],
                        TaskType.BINARY_CLASSIFICATION,
                        (y, p) -> java.util.Arrays.stream(y).max().orElse(0));
        assertEquals(1, range.low());
    }

    @Test
    void theSeedDecidesAndThreadsDoNot() {
        Samples s = Samples.regression(200, 1);
        double[][] predictions = column(new double[200]);
        Bootstrap.Range one = new Bootstrap(100, 0.9, 3, 1)
                .interval(s.y(), predictions, TaskType.REGRESSION, Samples.ABSOLUTE_ERROR.score());
        assertEquals(
                one,
                new Bootstrap(100, 0.9, 3, 3)
                        .interval(s.y(), predictions, TaskType.REGRESSION, Samples.ABSOLUTE_ERROR.score()));
        assertTrue(one.low()
                != new Bootstrap(100, 0.9, 4, 1)
                        .interval(s.y(), predictions, TaskType.REGRESSION, Samples.ABSOLUTE_ERROR.score())
                        .low());
    }

    @Test
    void aRareClassIsInEveryResample() {
        double[] labels = new double[500];
        labels[3] = 1;
        labels[400] = 1;
        SplittableRandom random = new SplittableRandom(1);
        double[][] predictions = column(random.doubles(500).toArray());
        Bootstrap.Range range = new Bootstrap(200, 0.95, 1, 1)
                .interval(labels, predictions, TaskType.BINARY_CLASSIFICATION, Samples.AUC.score());
        assertEquals(200, range.resamples());
        assertTrue(range.low() < range.estimate() && range.estimate() < range.high());
    }

    @Test
    void pairingTellsASmallDifferenceFromNone() {
        SplittableRandom random = new SplittableRandom(2);
        int rows = 300;
        double[] labels = new double[rows];
        double[] good = new double[rows];
        double[] worse = new double[rows];
        double[] same = new double[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = 10 * random.nextGaussian();
            double error = 5 * random.nextGaussian();
            good[i] = labels[i] + error;
            worse[i] = labels[i] + 1.1 * error;
            same[i] = labels[i] - error;
        }
        Bootstrap bootstrap = new Bootstrap(300, 0.95, 1, 2);
        Bootstrap.Range real = bootstrap.difference(
                labels, column(good), column(worse), TaskType.REGRESSION, Samples.ABSOLUTE_ERROR.score());
        assertTrue(real.excludesZero() && real.high() < 0, real.toString());
        assertFalse(bootstrap
                .difference(labels, column(good), column(same), TaskType.REGRESSION, Samples.ABSOLUTE_ERROR.score())
                .excludesZero());
    }

    @Test
    void noScoreGivesNoInterval() {
        Bootstrap.Range range = new Bootstrap(10, 0.95, 1, 1)
                .interval(new double[5], new double[5][1], TaskType.BINARY_CLASSIFICATION, Samples.AUC.score());
        assertTrue(Double.isNaN(range.low()));
        assertEquals(0, range.resamples());
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();
        RelataException e = assertThrows(
                RelataException.class,
                () -> Bootstrap.standard(1, 1)
                        .interval(
                                new double[5], new double[5][1], TaskType.REGRESSION, Samples.ABSOLUTE_ERROR.score()));
        assertEquals("interrupted", e.code());
    }
}
