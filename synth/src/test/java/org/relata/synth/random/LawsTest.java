package org.relata.synth.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LawsTest {
    @Test
    void normalQuantilesAreThoseOfTheTables() {
        assertEquals(0, Normal.quantile(0.5), 1e-12);
        assertEquals(1.959963984540054, Normal.quantile(0.975), 1e-8);
        assertEquals(-3.090232306167813, Normal.quantile(0.001), 1e-8);
    }

    @Test
    void betaNumbersHaveTheirMeanAndVariance() {
        for (double[] law : new double[][] {{0.5, 0.5}, {0.5, 5}, {1, 1}, {2, 3}, {5, 0.7}, {5, 5}, {0.1, 0.2}}) {
            BetaTable table = new BetaTable(law[0], law[1], 0, 1);
            double sum = 0;
            double squares = 0;
            int n = 2048;
            for (double x : table.values(n)) {
                sum += x;
                squares += x * x;
            }
            double mean = law[0] / (law[0] + law[1]);
            double variance = mean * (1 - mean) / (law[0] + law[1] + 1);
            assertEquals(mean, sum / n, 2e-3, Arrays.toString(law));
            assertEquals(variance, squares / n - sum / n * sum / n, 2e-3, Arrays.toString(law));
        }
    }

    @Test
    void betaQuantilesOfTheArcsineLawAreExact() {
        BetaTable arcsine = new BetaTable(0.5, 0.5, 0, 1);
        for (int i = 1; i < 64; i++) {
            double p = i / 64.0;
            assertEquals(Math.pow(Math.sin(Math.PI * p / 2), 2), arcsine.quantile(p), 1e-5);
        }
    }

    @Test
    void aliasTablesDrawInProportion() {
        double[] weights = {0, 1, 5, 0, 2, 1e-3};
        AliasTable table = new AliasTable(weights);
        int[] counts = new int[weights.length];
        Draws draws = Key.of(1).draws();
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            counts[table.draw(draws.bits())]++;
        }
        for (int i = 0; i < weights.length; i++) {
            double share = weights[i] / 8.001;
            assertEquals(n * share, counts[i], 4.5 * Math.sqrt(n * share) + (share > 0 ? 1 : 0), "weight " + i);
        }
    }

    @Test
    void aShuffleMeetsEveryPlaceOnce() {
        for (int bound : new int[] {1, 2, 3, 7, 64, 1000, 4097}) {
            Shuffle shuffle = new Shuffle(Key.of(7), bound);
            Set<Long> places = new HashSet<>();
            for (int i = 0; i < bound; i++) {
                long place = shuffle.place(i);
                assertTrue(place >= 0 && place < bound);
                places.add(place);
            }
            assertEquals(bound, places.size());
        }
    }

    @Test
    void childrenOfAKeyDoNotDependOnTheOrderTheyAreAskedIn() {
        Key key = Key.of(0);
        assertEquals(key.child(3).child("noise"), Key.of(0).child(3).child("noise"));
        Set<Long> bits = new HashSet<>();
        for (long seed = -500; seed < 500; seed++) {
            for (int part = 0; part < 20; part++) {
                bits.add(Key.of(seed).child(part).bits());
                bits.add(Key.of(seed).child("part " + part).bits());
            }
        }
        assertEquals(40_000, bits.size());
    }
}
