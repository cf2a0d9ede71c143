package org.relata.synth.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.synth.config.Choices;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.SourceKind;
import org.relata.synth.random.Key;

final class SourcesTest {
    private static final int ROWS = 3000;
    private static final long[] ALL = LongStream.range(0, ROWS).toArray();

    private static float[] fill(Source source, long... rows) {
        float[] values = new float[rows.length];
        source.fill(rows, rows.length, values);
        return values;
    }

    @ParameterizedTest
    @EnumSource(SourceKind.class)
    void everySourceIsFiniteAndTheSameForAnyRows(SourceKind kind) {
        for (int seed = 0; seed < 20; seed++) {
            SourceContext context = new SourceContext(Config.defaults(), Key.of(seed), ROWS, seed % 2 == 0);
            Source numbers = Sources.numeric(kind, context);
            float[] all = fill(numbers, ALL);
            for (float value : all) {
                assertTrue(Float.isFinite(value));
            }
            long[] some = {0, 1, 17, 1023, 1024, 2999};
            float[] those = fill(numbers, some);
            for (int i = 0; i < some.length; i++) {
                assertEquals(all[(int) some[i]], those[i], kind + ", row " + some[i]);
            }
            float[] later = fill(numbers, LongStream.range(700, 2100).toArray());
            assertArrayEquals(java.util.Arrays.copyOfRange(all, 700, 2100), later);
        }
    }

    @ParameterizedTest
    @EnumSource(SourceKind.class)
    void everyClassOccurs(SourceKind kind) {
        boolean[] seen = new boolean[3];
        for (int seed = 0; seed < 5; seed++) {
            SourceContext context = new SourceContext(Config.defaults(), Key.of(seed), ROWS, true);
            for (float value : fill(Sources.categorical(kind, 3, context), ALL)) {
                assertTrue(value == 0 || value == 1 || value == 2);
                seen[(int) value] = true;
            }
        }
        assertTrue(seen[0] && seen[1] && seen[2]);
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceKind.class,
            names = {"UNIFORM", "GAUSSIAN", "BETA", "MIXED"})
    void boundedSourcesStayWithinTheirBounds(SourceKind kind) {
        Config scaleOne = Config.builder()
                .set(ScmParameters.TS_VALUE_SCALE_CHOICES, Choices.oneOf(1.0))
                .build();
        for (int seed = 0; seed < 10; seed++) {
            for (float value :
                    fill(Sources.numeric(kind, new SourceContext(scaleOne, Key.of(seed), ROWS, true)), ALL)) {
                assertTrue(value >= 0 && value <= 1, kind + " gives " + value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9})
    void seriesAreFiniteWhateverCarriesOver(double carried) {
        TimeSeries series =
                new TimeSeries(new TimeSeries.Shape(ROWS, 0.2, 0.9, 1.5, 1, 250, 1, carried, 0.05, true), Key.of(3));
        float[] values = fill(series, ALL);
        for (float value : values) {
            assertTrue(Float.isFinite(value));
        }
        assertTrue(values[ROWS - 1] != values[ROWS - 2], "noise goes on to the last row");
    }

    @Test
    void partsOfATimeSeriesStayWithinTheirBounds() {
        for (double scale : new double[] {-1, 1}) {
            TimeSeries series = new TimeSeries(
                    new TimeSeries.Shape(1000, 0.2, 0.9, 1.5, scale, 250, scale, 0.5, 0.1, false), Key.of(1));
            for (long row = 0; row < 1000; row++) {
                assertTrue(series.cycle(row) >= 0.2 && series.cycle(row) <= 0.9);
                assertTrue(series.trend(row) <= 0.9);
            }
        }
        TimeSeries flat = new TimeSeries(new TimeSeries.Shape(1000, 0, 1, 0, 0.5, 1000, 0, 0, 0, false), Key.of(1));
        assertEquals(0.5, flat.trend(999), 1e-12);
    }

    @Test
    void aSeriesThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TimeSeries.Shape(10, 0, 1, 1, 1, 11, 1, 0, 1, false));
        assertThrows(IllegalArgumentException.class, () -> new TimeSeries.Shape(10, 0, 1, 1, 1, 5, 1, 1, 1, false));
    }
}
