package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relata.learn.tabular.Samples.BINARY;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        assertEquals(0, balance.weights(labels, 0).length);
        double[] full = balance.weights(labels, 1);
        assertEquals(50, full[0] * 10, 1e-9);
        assertEquals(50, full[99] * 90, 1e-9);
        double[] half = balance.weights(labels, 0.5);
        assertEquals(3, half[0] / half[99], 1e-9);
        assertEquals(1, Samples.mean(half), 1e-12);
    }
}
