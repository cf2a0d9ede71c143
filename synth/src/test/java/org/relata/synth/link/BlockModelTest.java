package org.relata.synth.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relata.synth.config.Config;
import org.relata.synth.random.Key;
import org.relata.synth.random.Normal;

final class BlockModelTest {
    @Test
    void everyRowHasAParentWithinTheTable() {
        for (long parents : new long[] {1, 10, 30, 50}) {
            for (long children : new long[] {20, 60, 100}) {
                for (int seed = 0; seed < 20; seed++) {
                    Links links =
                            BlockModel.draw(Config.defaults(), Key.of(seed), parents, children, Popularity.even());
                    for (long row = 0; row < children; row++) {
                        long parent = links.parent(row);
                        assertTrue(parent >= 0 && parent < parents, parent + " of " + parents);
                    }
                }
            }
        }
    }

    @Test
    void frequenciesAgreeWithTheExactProbabilities() {
        double[][][] matrices = {{{0.9, 0.1}, {0.2, 0.7}}, {{0.5, 0.3, 0.2}, {0.1, 0.6, 0.3}, {0.3, 0.3, 0.4}}};
        Blocks parents = new Blocks(23, new int[] {2, 3});
        Blocks children = new Blocks(150_000, new int[] {2, 3});
        Popularity uneven = Popularity.weighted(23, row -> row == 4 ? 0 : 1 + row % 3);
        chiSquare(new BlockModel(Key.of(5), parents, children, matrices, Popularity.even()), 23, 150_000, 6);
        chiSquare(new BlockModel(Key.of(5), parents, children, matrices, uneven), 23, 150_000, 6);
    }

    @Test
    void frequenciesOfDrawnModelsAgreeToo() {
        for (int seed = 0; seed < 10; seed++) {
            chiSquare(BlockModel.draw(Config.defaults(), Key.of(seed), 40, 40_000, Popularity.even()), 40, 40_000, 1);
        }
    }

    /// Compares, for each group of children, how often each parent was drawn with how often it should have been.
    private static void chiSquare(BlockModel model, int parents, long children, int groups) {
        for (int group = 0; group < groups; group++) {
            long from = children * group / groups;
            long to = children * (group + 1) / groups;
            double[] drawn = new double[parents];
            double[] expected = new double[parents];
            for (long row = from; row < to; row++) {
                drawn[(int) model.parent(row)]++;
                for (int parent = 0; parent < parents; parent++) {
                    expected[parent] += model.probability(row, parent);
                }
            }
            double statistic = 0;
            double rareDrawn = 0;
            double rareExpected = 0;
            int cells = 0;
            for (int parent = 0; parent < parents; parent++) {
                if (expected[parent] < 10) {
                    rareDrawn += drawn[parent];
                    rareExpected += expected[parent];
                } else {
                    statistic += Math.pow(drawn[parent] - expected[parent], 2) / expected[parent];
                    cells++;
                }
            }
            if (rareExpected >= 10) {
                statistic += Math.pow(rareDrawn - rareExpected, 2) / rareExpected;
                cells++;
            }
            int freedom = Math.max(1, cells - 1);
            // Wilson and Hilferty: the cube root of a chi-square over its freedom is nearly normal.
            double bound = freedom
                    * Math.pow(1 - 2.0 / (9 * freedom) + Normal.quantile(0.9999) * Math.sqrt(2.0 / (9 * freedom)), 3);
            assertTrue(statistic < bound, "chi-square " + statistic + " of " + freedom + " against " + bound);
        }
    }

    @Test
    void exactlyTheShareAskedForHasNoParent() {
        Links links = SimpleLinks.withNulls(SimpleLinks.random(Key.of(1), 10, Popularity.even()), Key.of(1), 1003, 0.1);
        long nulls = java.util.stream.LongStream.range(0, 1003)
                .filter(r -> links.parent(r) == Links.NONE)
                .count();
        assertEquals(100, nulls);
    }

    @Test
    void treesLeadToEarlierRows() {
        Links tree = SimpleLinks.tree(Key.of(3), 0.2);
        int roots = 0;
        for (long row = 0; row < 2000; row++) {
            assertTrue(tree.parent(row) < row);
            roots += tree.parent(row) == Links.NONE ? 1 : 0;
        }
        assertEquals(400, roots, 80);
        assertEquals(Links.NONE, tree.parent(0));
    }

    @Test
    void inactiveParentsAreNeverReferredTo() {
        Popularity popularity = Popularity.pareto(Key.of(9), 1000, 1.5, 0.7);
        boolean[] seen = new boolean[1000];
        Links links = SimpleLinks.random(Key.of(9), 1000, popularity);
        for (long row = 0; row < 100_000; row++) {
            seen[(int) links.parent(row)] = true;
        }
        int active = 0;
        for (int row = 0; row < 1000; row++) {
            assertTrue(!seen[row] || popularity.total(row, row + 1) > 0, "row " + row + " is inactive");
            active += seen[row] ? 1 : 0;
        }
        assertEquals(300, active, 60);
    }

    @Test
    void noRowRefersToAParentOfItsFuture() {
        Key key = Key.of(2);
        Links links = SimpleLinks.noLaterThan(
                SimpleLinks.random(key, 100, Popularity.even()), key, row -> row / 10, Popularity.even(), 100);
        for (long row = 0; row < 1000; row++) {
            assertTrue(links.parent(row) < Math.max(0, row / 10) || links.parent(row) == Links.NONE);
        }
    }
}
