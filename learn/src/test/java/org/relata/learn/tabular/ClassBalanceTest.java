package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relata.learn.tabular.Samples.BINARY;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relata.database.Progress;
import org.relata.database.metric.Metric;
import org.relata.features.FeatureMatrix;

class ClassBalanceTest {
    private static double[] labels(int zeros, int ones) {
        double[] labels = new double[zeros + ones];
        Arrays.fill(labels, 0, ones, 1);
        return labels;
    }

    @Test
    void warnsOfOneClassAndOfRareOnes() {
        assertEquals(
                List.of(
                        "every one of the 30 validation rows is no: ranking metrics such as ROC AUC are undefined there"),
                ClassBalance.of("validation", labels(30, 0), BINARY).warnings());
        String rare =
                ClassBalance.of("train", labels(9950, 50), BINARY).warnings().getFirst();
        assertTrue(rare.startsWith("only 50 of 10000 train rows (0.50 %) are yes"), rare);
        assertEquals(
                List.of("only 5 test rows are yes: expect wide intervals"),
                ClassBalance.of("test", labels(100, 5), BINARY).warnings());
        assertEquals(
                List.of("no train row is high"),
                ClassBalance.of("train", labels(500, 500), Samples.THREE).warnings());
    }

    @Test
    void isSilentWhereNothingIsOdd() {
        assertEquals(List.of(), ClassBalance.of("train", labels(70, 30), BINARY).warnings());
        assertEquals(
                List.of(),
                ClassBalance.of("train", new double[] {3, 3}, Samples.NUMBER).warnings());
    }

    @Test
    void weightsBalanceWhatTheyAreAskedTo() {
        double[] labels = labels(90, 10);
        ClassBalance balance = ClassBalance.of("train", labels, BINARY);
        assertEquals(9, balance.ratio());
        assertEquals(0.5, balance.suggestedStrength());
        assertEquals(0, ClassBalance.of("train", labels(60, 40), BINARY).suggestedStrength());
        assertArrayEquals(new double[] {1, 1}, balance.byClass(0), 1e-12);
        double[] full = balance.byClass(1);
        assertEquals(50, full[0] * count(labels, 0), 1e-9);
        assertEquals(50, full[1] * count(labels, 1), 1e-9);
        double[] half = balance.byClass(0.5);
        assertEquals(3, Math.max(half[0], half[1]) / Math.min(half[0], half[1]), 1e-9);
        assertEquals(
                1,
                Arrays.stream(labels).map(label -> half[(int) label]).average().orElseThrow(),
                1e-12);
    }

    @Test
    void weightsFindTheRareClassThatTheMetricCountsInFull() {
        SplittableRandom random = new SplittableRandom(3);
        int rows = 4_000;
        float[] x = new float[rows];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = random.nextDouble() < 1 / (1 + Math.exp(3.5 - 1.5 * x[i])) ? 1 : 0;
        }
        FeatureMatrix all = Samples.matrix(x);
        int[] fit = IntStream.range(0, rows / 2).toArray();
        int[] judge = IntStream.range(rows / 2, rows).toArray();
        double[] known = Arrays.copyOfRange(y, 0, rows / 2);
        double[] truth = Arrays.copyOfRange(y, rows / 2, rows);
        ClassBalance balance = ClassBalance.of("train", known, BINARY);
        double[] byClass = balance.byClass(balance.suggestedStrength());
        double[] weights =
                Arrays.stream(known).map(label -> byClass[(int) label]).toArray();
        double plain = f1(all.rows(fit), known, new double[0], all.rows(judge), truth);
        double weighted = f1(all.rows(fit), known, weights, all.rows(judge), truth);
        assertTrue(weighted > plain + 0.1, plain + " and weighted " + weighted);
    }

    private static double f1(FeatureMatrix x, double[] y, double[] weights, FeatureMatrix judge, double[] truth) {
        BoosterSettings settings =
                BoosterSettings.standard(BINARY.type(), x.rows()).with("rounds", 100);
        try (BoostedTrees model =
                BoostedTrees.fit(x, y, weights, Optional.empty(), settings, BINARY, 0, 1, Progress.silent())) {
            return Metric.F1.value(truth, model.predict(judge));
        }
    }

    private static long count(double[] labels, double label) {
        return Arrays.stream(labels).filter(l -> l == label).count();
    }
}
