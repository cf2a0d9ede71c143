package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;
import tools.jackson.core.type.TypeReference;

class CalibrationTest {
    @Test
    void countsByHand() {
        double[] labels = {0, 1, 1, 1};
        double[][] predictions = {{0.2}, {0.4}, {0.8}, {0.6}};
        Calibration two = Calibration.ofBinary(labels, predictions, 2);
        assertEquals((0.04 + 0.36 + 0.04 + 0.16) / 4, two.brier(), 1e-12);
        assertEquals(
                List.of(
                        new Calibration.Bin(0.2, 0.4, 2, (0.2 + 0.4) / 2, 0.5),
                        new Calibration.Bin(0.6, 0.8, 2, 0.7, 1)),
                two.bins());
        assertEquals(0.5 * 0.2 + 0.5 * 0.3, two.expectedCalibrationError(), 1e-12);
    }

    @Test
    void equalProbabilitiesShareABin() {
        Calibration one =
                Calibration.ofBinary(new double[] {0, 1, 0, 1}, new double[][] {{0.5}, {0.5}, {0.5}, {0.5}}, 4);
        assertEquals(1, one.bins().size());
        assertEquals(0, one.expectedCalibrationError());
    }

    @Test
    void classesAreJudgedByTheirConfidence() {
        Calibration c =
                Calibration.ofClasses(new double[] {0, 2}, new double[][] {{0.7, 0.2, 0.1}, {0.1, 0.6, 0.3}}, 2);
        assertEquals(
                List.of(0.0, 1.0), c.bins().stream().map(Calibration.Bin::share).toList());
        assertEquals((0.09 + 0.04 + 0.01 + 0.01 + 0.36 + 0.49) / 2, c.brier(), 1e-12);
    }

    /// Probabilities that are twice too sure in log-odds.
    private static double[][] overconfident(double[] labels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] predictions = new double[labels.length][1];
        for (int i = 0; i < labels.length; i++) {
            double odds = random.nextGaussian() * 1.5;
            labels[i] = random.nextDouble() < LinearLoss.sigmoid(odds) ? 1 : 0;
            predictions[i][0] = LinearLoss.sigmoid(2 * odds + 0.5);
        }
        return predictions;
    }

    @Test
    void plattFindsTheLineAndIsotonicTheSteps() {
        double[] labels = new double[6000];
        double[][] predictions = overconfident(labels, 1);
        double[] fresh = new double[6000];
        double[][] freshPredictions = overconfident(fresh, 2);
        Calibrator.Platt platt = Calibrator.Platt.fit(labels, predictions);
        assertEquals(0.5, platt.slope(), 0.04);
        assertEquals(-0.25, platt.intercept(), 0.06);
        double before = Calibration.ofBinary(fresh, freshPredictions, 15).expectedCalibrationError();
        for (Calibrator calibrator : List.of(platt, Calibrator.Isotonic.fit(labels, predictions))) {
            double after = Calibration.ofBinary(fresh, calibrator.apply(freshPredictions), 15)
                    .expectedCalibrationError();
            assertTrue(after < before / 3, before + " to " + after + " by " + calibrator.getClass());
        }
    }

    @Test
    void isotonicPoolsViolators() {
        Calibrator.Isotonic map = Calibrator.Isotonic.fit(
                new double[] {0, 1, 0, 1, 1}, new double[][] {{0.1}, {0.2}, {0.3}, {0.8}, {0.9}});
        assertEquals(List.of(0.1, 0.25, 0.8500000000000001), map.at());
        assertEquals(List.of(0.0, 0.5, 1.0), map.value());
        assertEquals(0, map.apply(0.0));
        assertEquals(0.5, map.apply(0.25));
        assertEquals(0.25, map.apply(0.175), 1e-12);
        assertEquals(1, map.apply(0.99));
    }

    @Test
    void neverChangesTheOrder() {
        double[] labels = new double[300];
        double[][] predictions = overconfident(labels, 3);
        double[] sorted =
                Arrays.stream(predictions).mapToDouble(p -> p[0]).sorted().toArray();
        for (Calibrator c :
                List.of(Calibrator.Platt.fit(labels, predictions), Calibrator.Isotonic.fit(labels, predictions))) {
            double[] mapped = Arrays.stream(sorted).map(c::apply).toArray();
            for (int i = 1; i < mapped.length; i++) {
                assertTrue(mapped[i] >= mapped[i - 1]);
            }
        }
    }

    @Test
    void plattStaysFiniteWhereClassesSeparate() {
        Calibrator.Platt platt =
                Calibrator.Platt.fit(new double[] {0, 0, 1, 1}, new double[][] {{0.1}, {0.2}, {0.8}, {0.9}});
        assertTrue(platt.slope() > 0 && platt.slope() < 10, platt.toString());
    }

    @Test
    void survivesJson() {
        double[] labels = new double[100];
        double[][] predictions = overconfident(labels, 4);
        for (Calibrator c :
                List.of(Calibrator.Platt.fit(labels, predictions), Calibrator.Isotonic.fit(labels, predictions))) {
            Map<String, Object> back =
                    ModelFile.JSON.readValue(ModelFile.JSON.writeValueAsString(c.toMap()), new TypeReference<>() {});
            Calibrator again = Calibrator.fromMap(back);
            assertEquals(c, again);
            assertArrayEquals(c.apply(predictions), again.apply(predictions));
        }
        assertThrows(RelataException.class, () -> Calibrator.fromMap(Map.of("kind", "magic")));
        assertThrows(RelataException.class, () -> Calibrator.fromMap(Map.of("kind", "platt")));
    }
}
