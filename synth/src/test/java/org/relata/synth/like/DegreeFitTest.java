package org.relata.synth.like;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The two figures of a link, against links drawn one by one with figures that are known.
final class DegreeFitTest {
    @ParameterizedTest
    @CsvSource({
        "2000, 20000, 0, 50",
        "2000, 20000, 0.4, 50",
        "2000, 20000, 0, 2.5",
        "2000, 20000, 0.3, 2.5",
        "2000, 20000, 0.6, 1.5",
        "5000, 5000, 0, 2.5",
        "5000, 5000, 0.3, 1.5",
        "20000, 5000, 0.2, 2",
    })
    void linksDrawnWithTheFiguresFoundAreAsUneven(int parents, int links, double childless, double skew) {
        Degrees counted = drawn(parents, links, childless, skew, 1);
        DegreeFit fit = DegreeFit.of(counted).orElseThrow();
        Degrees again = drawn(parents, links, fit.childless(), fit.skew(), 2);
        assertEquals(
                (double) counted.childless() / parents, (double) again.childless() / parents, 0.03, fit.toString());
        assertEquals(
                counted.concentration(), again.concentration(), 0.12 * (1 + counted.concentration()), fit.toString());
    }

    @ParameterizedTest
    @CsvSource({"4000, 80000, 0, 2.5", "4000, 80000, 0.5, 2.5", "4000, 80000, 0.25, 1.5"})
    void theFiguresThemselvesComeBackWhereParentsHaveManyChildren(
            int parents, int links, double childless, double skew) {
        DegreeFit fit = DegreeFit.of(drawn(parents, links, childless, skew, 3)).orElseThrow();
        assertEquals(childless, fit.childless(), 0.03, fit.toString());
        assertEquals(skew, fit.skew(), 0.25 * skew, fit.toString());
    }

    @Test
    void ofHeavyTailsTheFiguresAreRightOnAverage() {
        int draws = 8;
        double skew = 0;
        for (int seed = 0; seed < draws; seed++) {
            DegreeFit fit = DegreeFit.of(drawn(5000, 50_000, 0.3, 1.2, seed)).orElseThrow();
            skew += Math.log(fit.skew()) / draws;
        }
        assertEquals(1.2, Math.exp(skew), 0.15);
    }

    @Test
    void moreEvenThanChanceIsEven() {
        TreeMap<Long, Long> counts = new TreeMap<>();
        counts.put(3L, 1000L);
        DegreeFit fit = DegreeFit.of(new Degrees(1000, counts)).orElseThrow();
        assertEquals(0, fit.childless());
        assertTrue(fit.skew() > 40, fit.toString());
    }

    @Test
    void oneParentOfAllIsAsUnevenAsItGets() {
        TreeMap<Long, Long> counts = new TreeMap<>();
        counts.put(100_000L, 1L);
        DegreeFit fit = DegreeFit.of(new Degrees(1000, counts)).orElseThrow();
        assertTrue(fit.childless() > 0.5 || fit.skew() < 0.5, fit.toString());
    }

    @Test
    void fewRowsSayNothing() {
        TreeMap<Long, Long> counts = new TreeMap<>();
        assertEquals(Optional.empty(), DegreeFit.of(new Degrees(0, counts)));
        assertEquals(Optional.empty(), DegreeFit.of(new Degrees(1_000_000, counts)));
        counts.put(1L, 19L);
        assertEquals(Optional.empty(), DegreeFit.of(new Degrees(20, counts)));
    }

    @Test
    void theMeanOfTheLogarithmIsThatOfPoissonNumbers() {
        for (double mean : new double[] {1e-9, 0.1, 1, 7, 39.9, 40.1, 500}) {
            double sum = 0;
            double logProbability = -mean;
            for (int n = 1; n < 2000; n++) {
                logProbability += Math.log(mean / n);
                sum += Math.exp(logProbability) * n * Math.log(n);
            }
            assertEquals(sum, DegreeFit.Model.meanOfLog(mean), 1e-4 * (1e-6 + sum), "mean " + mean);
        }
    }

    /// Draws links one by one, as the generator does.
    private static Degrees drawn(int parents, int links, double childless, double skew, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] sums = new double[parents + 1];
        for (int i = 0; i < parents; i++) {
            double weight = Math.pow(1 - random.nextDouble(), -1 / skew);
            sums[i + 1] = sums[i] + (random.nextDouble() < childless ? 0 : weight);
        }
        int[] children = new int[parents];
        for (int i = 0; i < links; i++) {
            int found = Arrays.binarySearch(sums, random.nextDouble() * sums[parents]);
            children[Math.min(parents - 1, found >= 0 ? found : -found - 2)]++;
        }
        TreeMap<Long, Long> counts = new TreeMap<>();
        Arrays.stream(children).filter(n -> n > 0).forEach(n -> counts.merge((long) n, 1L, Long::sum));
        return new Degrees(parents, counts);
    }
}
