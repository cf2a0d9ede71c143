package org.relata.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.learn.model.NeighbourSampler.Hop;

/// Neighbours of nodes of a graph in which node n has n edges, all from other nodes; the weight of an edge says which
/// it
/// is.
class NeighbourSamplerTest {
    private static final int NODES = 12;
    private static final int[] TARGETS = new int[NODES * (NODES - 1) / 2];
    private static final int[] SOURCES = new int[TARGETS.length];

    static {
        int edge = 0;
        for (int node = 0; node < NODES; node++) {
            for (int link = 0; link < node; link++) {
                TARGETS[edge] = node;
                SOURCES[edge++] = (node + 1 + link) % NODES;
            }
        }
    }

    private static NeighbourSampler sampler() {
        float[] weights = new float[TARGETS.length];
        for (int edge = 0; edge < weights.length; edge++) {
            weights[edge] = edge;
        }
        return NeighbourSampler.of(NODES, TARGETS, SOURCES, weights);
    }

    @Test
    void edgesAreThoseOfTheGraphAndNoneIsDrawnTwice() {
        NeighbourSampler sampler = sampler();
        SplittableRandom random = new SplittableRandom(1);
        for (int most = 1; most < NODES; most++) {
            int[] asked = {11, 0, 3, 7};
            Hop hop = sampler.hop(asked, most, random);
            Set<Float> drawn = new HashSet<>();
            int[] degrees = new int[asked.length];
            for (int at = 0; at < hop.edges().count(); at++) {
                int edge = (int) hop.edges().weights()[at];
                assertEquals(TARGETS[edge], hop.nodes()[hop.edges().targets()[at]]);
                assertEquals(SOURCES[edge], hop.nodes()[hop.edges().sources()[at]]);
                assertTrue(drawn.add(hop.edges().weights()[at]), "edge " + edge + " twice");
                degrees[hop.edges().targets()[at]]++;
            }
            assertArrayEquals(new int[] {Math.min(most, 11), 0, Math.min(most, 3), Math.min(most, 7)}, degrees);
            assertArrayEquals(asked, Arrays.copyOf(hop.nodes(), asked.length), "those that were asked for come first");
            assertEquals(
                    hop.nodes().length, Arrays.stream(hop.nodes()).distinct().count());
        }
    }

    @Test
    void allEdgesOfANodeAreEquallyLikely() {
        NeighbourSampler sampler = sampler();
        SplittableRandom random = new SplittableRandom(2);
        int[] counts = new int[NODES];
        int rounds = 6000;
        for (int round = 0; round < rounds; round++) {
            for (int source : sampler.edges(new int[] {6}, 4, random).sources()) {
                counts[source]++;
            }
        }
        double expected = rounds * 4.0 / 6;
        // Far more than five deviations of a count, √(6000 · ⅔ · ⅓).
        for (int link = 0; link < 6; link++) {
            assertEquals(expected, counts[(7 + link) % NODES], 190);
        }
    }

    @Test
    void oneSeedGivesOneSample() {
        NeighbourSampler sampler = sampler();
        int[] asked = {11, 10, 9};
        float[] once = sampler.edges(asked, 3, new SplittableRandom(5)).weights();
        assertArrayEquals(once, sampler.edges(asked, 3, new SplittableRandom(5)).weights());
        assertFalse(Arrays.equals(
                once, sampler.edges(asked, 3, new SplittableRandom(6)).weights()));
    }
}
