package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void differencesAreMeasuredByTheLargestNumber() {
        double[] expected = {1_000, 0};
        assertEquals(List.of(), Numbers.differences("g", expected, new double[] {1_000, 0.0009}, 1e-6));
        assertEquals(
                List.of("g, number 1: 0.0011, not 0.0"),
                Numbers.differences("g", expected, new double[] {1_000, 0.0011}, 1e-6));
    }

    @Test
    void whatIsMissingOrNoNumberIsADifference() {
        double[] expected = {1, 2};
        assertEquals(1, Numbers.differences("g", expected, new double[] {1}, 1).size());
        assertEquals(
                1,
                Numbers.differences("g", expected, new double[] {1, Double.NaN}, 1)
                        .size());
        assertEquals(
                1, Numbers.differences("g", new double[0], new double[0], 1).size());
    }
}
