package org.relata.synth.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relata.synth.config.Config;
import org.relata.synth.random.Key;

/// What schemas of a thousand seeds look like, against what was measured on a thousand of the reference.
final class SchemaStatisticsTest {
    private static final int SEEDS = 1000;
    /// The two-sample bound of Kolmogorov and Smirnov at 0.001 for a thousand on each side.
    private static final double BOUND = 1.95 * Math.sqrt(2.0 / SEEDS);

    private static final List<SchemaStatistics> MEASURED = new ArrayList<>();

    @BeforeAll
    static void draw() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Key key = Key.of(seed);
            MEASURED.add(SchemaStatistics.of(
                    Completion.of(RandomSchema.draw(Config.defaults(), key), Config.defaults(), key)));
        }
    }

    @Test
    void numbersOfTablesAgree() {
        agrees(all().map(SchemaStatistics::tables), 3, 12, 20, 3, 20, 11.34, 5.3);
    }

    @Test
    void numbersOfForeignKeysAgree() {
        agrees(all().map(SchemaStatistics::links), 3, 14, 34, 2, 40, 15.07, 9.6);
    }

    @Test
    void numbersOfActivityTablesAgree() {
        agrees(all().map(SchemaStatistics::activityTables), 1, 1, 8, 1, 16, 2.48, 2.4);
    }

    @Test
    void numbersOfRowsAgree() {
        agrees(all().map(SchemaStatistics::rows), 5395, 13_561, 34_958, 2500, 75_000, 15_327, 9000);
    }

    @Test
    void depthsAgree() {
        agrees(all().map(SchemaStatistics::depth), 3, 6, 14, 2, 20, 6.87, 3.5);
    }

    @Test
    void timeSpansAgree() {
        agrees(all().map(SchemaStatistics::days), 353, 3709, 9853, 7, 12_784, 4272, 3020);
    }

    @Test
    void numbersOfColumnsAgree() {
        agrees(all().flatMap(s -> s.columns().stream()), 3, 10, 35, 3, 40, 13.56, 10.6 * Math.sqrt(SEEDS / 11_300.0));
    }

    @Test
    void numbersOfForeignKeysOfATableAgree() {
        int[] reference = {2434, 4067, 3876, 655, 257, 38, 9, 2};
        double[] shares = new double[12];
        List<Integer> links = all().flatMap(s -> s.linksOfTables().stream()).toList();
        links.forEach(n -> shares[Math.min(11, n)] += 1.0 / links.size());
        double mine = 0;
        double theirs = 0;
        for (int n = 0; n < reference.length; n++) {
            mine += shares[n];
            theirs += reference[n] / 11_338.0;
            // Tables of one database are not independent, so the bound is that of as many databases.
            assertTrue(Math.abs(mine - theirs) < BOUND / 2, n + " keys: " + mine + " against " + theirs);
        }
        long wide = all().filter(s -> s.linksOfTables().stream().anyMatch(n -> n > 5))
                .count();
        assertEquals(11, wide, 16, "databases with a table of more than five keys");
    }

    private static java.util.stream.Stream<SchemaStatistics> all() {
        return MEASURED.stream();
    }

    /// Compares quantiles and mean; the ends must lie within what is possible.
    private static void agrees(
            java.util.stream.Stream<? extends Number> values,
            double fifth,
            double median,
            double ninetyFifth,
            double least,
            double most,
            double mean,
            double deviation) {
        double[] sorted = values.mapToDouble(Number::doubleValue).sorted().toArray();
        quantile(sorted, 0.05, fifth);
        quantile(sorted, 0.5, median);
        quantile(sorted, 0.95, ninetyFifth);
        assertTrue(
                sorted[0] >= least && sorted[sorted.length - 1] <= most, sorted[0] + " … " + sorted[sorted.length - 1]);
        double own = DoubleStream.of(sorted).average().orElseThrow();
        assertEquals(mean, own, 3.3 * deviation * Math.sqrt(2.0 / SEEDS), "mean");
    }

    /// Whether a value can be the quantile: enough lies below or at it, and not too much below.
    private static void quantile(double[] sorted, double share, double value) {
        double below = DoubleStream.of(sorted).filter(v -> v < value).count() / (double) sorted.length;
        double upTo = DoubleStream.of(sorted).filter(v -> v <= value).count() / (double) sorted.length;
        assertTrue(
                below <= share + BOUND && upTo >= share - BOUND,
                share + ": " + value + " has " + below + " below and " + upTo + " up to it");
    }
}
