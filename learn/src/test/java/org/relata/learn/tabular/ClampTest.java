package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;

class ClampTest {
    @Test
    void interpolatesBetweenOrderStatisticsAsNumpyDoes() {
        // numpy.percentile([1, 2, 4, 8, 16], [2, 98]) is [1.08, 15.36].
        Clamp clamp = Clamp.of(new double[] {16, 1, 8, 2, 4});
        assertEquals(1.08, clamp.low(), 1e-12);
        assertEquals(15.36, clamp.high(), 1e-12);
    }

    @Test
    void movesOnlyWhatIsOutside() {
        Clamp clamp = new Clamp(-1, 2);
        assertArrayEquals(new double[][] {{-1}, {0.5}, {2}}, clamp.apply(new double[][] {{-7}, {0.5}, {9}}));
    }

    @Test
    void oneLabelIsItsOwnBounds() {
        assertEquals(new Clamp(3, 3), Clamp.of(new double[] {3}));
        assertThrows(RelataException.class, () -> Clamp.of(new double[0]));
    }
}
