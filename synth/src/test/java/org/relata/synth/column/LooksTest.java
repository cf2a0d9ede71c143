package org.relata.synth.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.synth.config.Config;
import org.relata.synth.config.Transform;
import org.relata.synth.random.Key;

final class LooksTest {
    @ParameterizedTest
    @EnumSource(Transform.class)
    void transformsAreFinite(Transform transform) {
        float[][] columns = {new float[100], filled(1e6f), filled(-1e6f), new float[100], new float[100]};
        for (int i = 0; i < 100; i++) {
            columns[3][i] = -1e4f + 200f * i;
            columns[4][i] = (float) Key.of(1).normal(i);
        }
        for (float[] column : columns) {
            Curve curve = Curve.of(transform, new Sample(column, true));
            for (int row = 0; row < 100; row++) {
                assertTrue(Double.isFinite(curve.of(column[row], row)));
            }
        }
    }

    private static float[] filled(float value) {
        float[] column = new float[100];
        Arrays.fill(column, value);
        return column;
    }

    @Test
    void ranksOfEqualValuesFollowTheRows() {
        Curve ranks = Curve.of(Transform.RANK_UNIFORM, new Sample(new float[] {2, 1, 2, -3}, true));
        assertEquals(3 / 5.0, ranks.of(2, 0));
        assertEquals(2 / 5.0, ranks.of(1, 1));
        assertEquals(4 / 5.0, ranks.of(2, 2));
        assertEquals(1 / 5.0, ranks.of(-3, 3));
    }

    @Test
    void standardizedColumnsHaveMeanZeroAndDeviationOne() {
        float[] column = {1, 2, 3, 4, 10};
        Curve curve = Curve.of(Transform.STANDARDIZE, new Sample(column, true));
        double[] shown = new double[5];
        for (int i = 0; i < 5; i++) {
            shown[i] = curve.of(column[i], i);
        }
        assertEquals(0, DoubleStream.of(shown).sum(), 1e-9);
        assertEquals(5, DoubleStream.of(shown).map(x -> x * x).sum(), 1e-6);
    }

    @Test
    void noClassIsEmptyWhereThereAreEnoughValues() {
        float[] values = new float[50];
        for (int i = 0; i < 50; i++) {
            values[i] = i / 3;
        }
        for (int seed = 0; seed < 200; seed++) {
            int classes = 2 + seed % 6;
            Cut cut = Cut.draw(
                    Config.defaults(), classes, values, false, Key.of(seed).draws());
            boolean[] seen = new boolean[classes];
            for (float value : values) {
                seen[cut.of(value)] = true;
            }
            for (boolean one : seen) {
                assertTrue(one, "seed " + seed);
            }
        }
    }
}
