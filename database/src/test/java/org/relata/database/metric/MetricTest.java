package org.relata.database.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;

class MetricTest {
    private static final double EXACT = 1e-12;

    private static double[][] column(double... values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    private static double[] labels(double... values) {
        return values;
    }

    @Test
    void rocAucCountsOrderedPairs() {
        // Pairs (positive, negative): .35>.1, .35<.4, .8>.1, .8>.4: three of four.
        assertEquals(0.75, Metric.ROC_AUC.value(labels(0, 0, 1, 1), column(0.1, 0.4, 0.35, 0.8)), EXACT);
    }

    @Test
    void rocAucCountsTiesOneHalf() {
        assertEquals(0.5, Metric.ROC_AUC.value(labels(0, 1, 0, 1), column(3, 3, 3, 3)), EXACT);
        // Pairs: (.5,.5) a half, (.5,.2) one, (.9,.5) one, (.9,.2) one.
        assertEquals(3.5 / 4, Metric.ROC_AUC.value(labels(1, 0, 1, 0), column(0.5, 0.5, 0.9, 0.2)), EXACT);
        assertEquals(0.5, Metric.ROC_AUC.value(labels(1, 0), column(0.0, -0.0)), EXACT);
    }

    @Test
    void rocAucEqualsTheDefinitionOnRandomScoresWithTies() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 50; round++) {
            int n = 2 + random.nextInt(60);
            double[] y = new double[n];
            double[][] p = new double[n][1];
            for (int i = 0; i < n; i++) {
                y[i] = random.nextInt(2);
                p[i][0] = random.nextInt(10) - 5;
            }
            double ordered = 0;
            double pairs = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (y[i] == 1 && y[j] == 0) {
                        pairs++;
                        ordered += p[i][0] > p[j][0] ? 1 : p[i][0] == p[j][0] ? 0.5 : 0;
                    }
                }
            }
            assertEquals(pairs == 0 ? Double.NaN : ordered / pairs, Metric.ROC_AUC.value(y, p), EXACT);
        }
    }

    @Test
    void precisionRecallMetricsDifferInInterpolation() {
        double[] y = labels(0, 0, 1, 1);
        double[][] p = column(0.1, 0.4, 0.35, 0.8);
        // Thresholds .8: P 1, R .5; .4: P .5, R .5; .35: P 2/3, R 1; .1: P .5, R 1.
        assertEquals(0.5 * 1 + 0.5 * 2 / 3, Metric.AVERAGE_PRECISION.value(y, p), EXACT);
        assertEquals(0.5 * 1 + 0.5 * (0.5 + 2.0 / 3) / 2, Metric.AUPRC.value(y, p), EXACT);
    }

    @Test
    void precisionRecallMetricsTreatTiesAsOneThreshold() {
        double[] y = labels(1, 0, 1, 0);
        assertEquals(0.5, Metric.AVERAGE_PRECISION.value(y, column(1, 1, 1, 1)), EXACT);
        assertEquals(0.75, Metric.AUPRC.value(y, column(1, 1, 1, 1)), EXACT);
    }

    @Test
    void oneClassHasNoRanking() {
        double[][] p = column(0.2, 0.7);
        assertTrue(Double.isNaN(Metric.ROC_AUC.value(labels(1, 1), p)));
        assertTrue(Double.isNaN(Metric.ROC_AUC.value(labels(0, 0), p)));
        assertTrue(Double.isNaN(Metric.AVERAGE_PRECISION.value(labels(0, 0), p)));
        assertEquals(1, Metric.AVERAGE_PRECISION.value(labels(1, 1), p), EXACT);
        assertTrue(Double.isNaN(Metric.AUPRC.value(labels(0, 0), p)));
    }

    @Test
    void atExactlyOneHalfAccuracySaysNegativeAndF1SaysPositive() {
        assertEquals(0, Metric.ACCURACY.value(labels(1), column(0.5)), EXACT);
        assertEquals(1, Metric.ACCURACY.value(labels(0), column(0.5)), EXACT);
        assertEquals(1, Metric.F1.value(labels(1), column(0.5)), EXACT);
    }

    @Test
    void f1IsZeroWhenNothingIsPositive() {
        assertEquals(0, Metric.F1.value(labels(0, 0), column(0.1, 0.2)), EXACT);
        // One hit, one false alarm, one miss.
        assertEquals(2.0 / 4, Metric.F1.value(labels(1, 0, 1), column(0.9, 0.8, 0.1)), EXACT);
    }

    @Test
    void logLossIsTheMeanNegativeLogarithmAndNeverInfinite() {
        assertEquals(
                -(Math.log(0.8) + Math.log(0.7)) / 2, Metric.LOG_LOSS.value(labels(1, 0), column(0.8, 0.3)), EXACT);
        assertEquals(-Math.log(1e-15), Metric.LOG_LOSS.value(labels(1), column(0)), 1e-9);
        double[][] unscaled = {{2, 1, 1}};
        assertEquals(-Math.log(0.25), Metric.LOG_LOSS.value(labels(2), unscaled), EXACT);
    }

    @Test
    void severalClassesByHand() {
        double[] y = labels(0, 1, 2, 2);
        double[][] p = {{0.6, 0.3, 0.1}, {0.5, 0.3, 0.2}, {0.1, 0.2, 0.7}, {0.4, 0.4, 0.2}};
        // Predicted 0, 0, 2, 0.
        assertEquals(0.5, Metric.ACCURACY.value(y, p), EXACT);
        assertEquals(0.5, Metric.MICRO_F1.value(y, p), EXACT);
        assertEquals((2.0 / 4 + 0 + 2.0 / 3) / 3, Metric.MACRO_F1.value(y, p), EXACT);
        // Ranks of the true class: 1, 2, 1, 3.
        assertEquals((1 + 0.5 + 1 + 1.0 / 3) / 4, Metric.MRR.value(y, p), EXACT);
        // One against rest: class 0: .6 above .5, .1, .4: 1. Class 1: .3 against .3, .2, .4: 1.5/3. Class 2: .7 and .2
        // against
        // .1 and .2: (2 + 1.5)/4.
        assertEquals((1 + 0.5 + 0.875) / 3, Metric.ROC_AUC.value(y, p), EXACT);
    }

    @Test
    void equalScoresShareTheBestRank() {
        double[][] p = {{0.25, 0.25, 0.5}};
        assertEquals(0.5, Metric.MRR.value(labels(0), p), EXACT);
        assertEquals(0.5, Metric.MRR.value(labels(1), p), EXACT);
    }

    @Test
    void classesThatNoRowHasAreLeftOutOfMeans() {
        double[] y = labels(0, 1);
        double[][] p = {{0.8, 0.1, 0.1}, {0.3, 0.6, 0.1}};
        assertEquals(1, Metric.ROC_AUC.value(y, p), EXACT);
        assertEquals(1, Metric.MACRO_F1.value(y, p), EXACT);
    }

    @Test
    void regressionByHand() {
        double[] y = labels(1, 2, 6);
        double[][] p = column(2, 2, 3);
        assertEquals(4.0 / 3, Metric.MAE.value(y, p), EXACT);
        assertEquals(10.0 / 3, Metric.MSE.value(y, p), EXACT);
        assertEquals(Math.sqrt(10.0 / 3), Metric.RMSE.value(y, p), EXACT);
        assertEquals(1 - 10.0 / 14, Metric.R2.value(y, p), EXACT);
        assertTrue(Double.isNaN(Metric.R2.value(labels(3, 3), column(1, 2))));
        // Standard deviation of 1, 2, 3, 4 with divisor 3 is sqrt(5/3).
        assertEquals(4.0 / 3 / Math.sqrt(5.0 / 3), Metrics.normalisedError(y, p, labels(1, 2, 3, 4)), EXACT);
        assertTrue(Double.isNaN(Metrics.normalisedError(y, p, labels(1))));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void noRowsAndMissingPredictionsHaveNoScore(Metric metric) {
        assertTrue(Double.isNaN(metric.value(new double[0], new double[0][])));
        assertTrue(Double.isNaN(metric.value(labels(0, 1), column(0.2, Double.NaN))));
    }

    @ParameterizedTest
    @EnumSource(TaskType.class)
    void thePrimaryMetricComesFirstAndCanBeNamed(TaskType type) {
        assertEquals(Metric.primary(type), Metric.of(type).getFirst());
        for (Metric metric : Metric.of(type)) {
            assertEquals(metric, Metric.named(metric.label(), type));
        }
        RelataException unknown = assertThrows(RelataException.class, () -> Metric.named("auroc", type));
        assertTrue(unknown.getMessage().contains("metric auroc"), unknown.getMessage());
        assertTrue(unknown.getMessage().contains(Metric.primary(type).label()), unknown.getMessage());
    }

    @Test
    void primaryMetricsAreThoseOfTheBoards() {
        assertEquals(
                List.of("roc_auc", "accuracy", "mae"),
                Arrays.stream(TaskType.values())
                        .map(t -> Metric.primary(t).label())
                        .toList());
        assertEquals(
                List.of("mae", "rmse", "mse", "r2", "nmae"),
                List.copyOf(Metrics.all(TaskType.REGRESSION, labels(1, 2), column(1, 2), labels(1, 2))
                        .keySet()));
    }

    @Test
    void betterKnowsTheDirectionAndThatNothingIsWorseThanNoValue() {
        assertTrue(Metric.ROC_AUC.better(0.8, 0.7));
        assertTrue(Metric.MAE.better(1, 2));
        assertFalse(Metric.MAE.better(2, 2));
        assertTrue(Metric.MAE.better(5, Double.NaN));
        assertFalse(Metric.MAE.better(Double.NaN, 5));
    }

    @Test
    void aMillionRowsTakeNoNoticeableTime() {
        int n = 1_000_000;
        SplittableRandom random = new SplittableRandom(1);
        double[] y = new double[n];
        double[][] p = new double[n][1];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(2);
            p[i][0] = random.nextDouble() + y[i];
        }
        long start = System.nanoTime();
        // P(U < V + 1) for uniform U and V is one: every positive is above every negative.
        assertEquals(1, Metric.ROC_AUC.value(y, p), EXACT);
        assertTrue(System.nanoTime() - start < 20_000_000_000L, "a quadratic algorithm would take minutes");
    }
}
