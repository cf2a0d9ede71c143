package org.relata.synth.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.synth.config.Choices;
import org.relata.synth.config.Config;
import org.relata.synth.config.DagParameters;
import org.relata.synth.config.EdgeLaw;
import org.relata.synth.config.Layout;
import org.relata.synth.random.Key;

final class DagsTest {
    private static final Config DEFAULTS = Config.defaults();

    @ParameterizedTest
    @EnumSource(Layout.class)
    void everyLayoutIsConnectedAndHasNoCircle(Layout layout) {
        for (int size : new int[] {1, 2, 3, 4, 5, 10, 20, 50, 100}) {
            for (int seed = 0; seed < 20; seed++) {
                Dag graph = Dags.draw(layout, size, DEFAULTS, Key.of(seed).draws());
                assertEquals(size, graph.size());
                assertEquals(size, graph.order().length, "order() throws when there is a circle");
                assertTrue(Arrays.stream(graph.parents()).anyMatch(p -> p.length == 0), "no source");
                assertEquals(1, components(graph), layout + " of " + size + " nodes, seed " + seed);
                for (float[] weights : graph.weights()) {
                    for (float weight : weights) {
                        assertTrue(Float.isFinite(weight), layout + " has a weight " + weight);
                    }
                }
            }
        }
    }

    @Test
    void layersThatLoseTheirEdgesAreJoinedAgain() {
        Config two = Config.builder()
                .set(DagParameters.LAYERED_DEPTH_CHOICES, Choices.range(2, 2))
                .set(DagParameters.LAYERED_EDGE_DROPOUT_P, 0.9)
                .build();
        for (int seed = 0; seed < 500; seed++) {
            assertEquals(
                    1, components(Dags.draw(Layout.LAYERED, 6, two, Key.of(seed).draws())));
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeLaw.class)
    void weightsAreFinite(EdgeLaw law) {
        var draws = Key.of(1).draws();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(Double.isFinite(Dags.weight(law, draws)));
        }
    }

    @Test
    void aTreeHasOneEdgeLessThanNodesAndOneSource() {
        for (int seed = 0; seed < 50; seed++) {
            Dag tree = Dags.draw(Layout.RANDOM_TREE, 30, DEFAULTS, Key.of(seed).draws());
            assertEquals(29, tree.edges());
            assertEquals(
                    1, Arrays.stream(tree.parents()).filter(p -> p.length == 0).count());
            Dag reverse = Dags.draw(
                    Layout.REVERSE_RANDOM_TREE, 30, DEFAULTS, Key.of(seed).draws());
            assertEquals(
                    1, Arrays.stream(reverse.outDegrees()).filter(d -> d == 0).count());
            assertTrue(Arrays.stream(reverse.parents()).allMatch(DagsTest::ascending));
        }
    }

    @Test
    void everyTreeOfThreeNodesIsAsLikely() {
        int[] middles = new int[3];
        for (int seed = 0; seed < 3000; seed++) {
            Edges edges = new Edges(3);
            int[][] parents = Trees.fromRoot(3, Key.of(seed).draws());
            for (int node = 0; node < 3; node++) {
                for (int parent : parents[node]) {
                    edges.add(node, parent);
                }
            }
            for (int node = 0; node < 3; node++) {
                middles[node] += edges.degree(node) == 2 ? 1 : 0;
            }
        }
        for (int count : middles) {
            assertEquals(1000, count, 4 * Math.sqrt(3000 * 2.0 / 9));
        }
    }

    @Test
    void aLeafIsFlippedUnlessThatGivesItsParentTooManyEdges() {
        int flipped = 0;
        for (int seed = 0; seed < 20; seed++) {
            Dag before =
                    Dags.draw(Layout.BARABASI_ALBERT, 40, flips(0), Key.of(seed).draws());
            Dag after =
                    Dags.draw(Layout.BARABASI_ALBERT, 40, flips(1), Key.of(seed).draws());
            for (int node = 0; node < 40; node++) {
                if (before.parents()[node].length == 1 && after.parents()[node].length == 0) {
                    flipped++;
                    assertEquals(0, before.parents()[before.parents()[node][0]].length, "the parent had an edge");
                }
            }
        }
        assertTrue(flipped > 0);
    }

    private static Config flips(double probability) {
        return Config.builder()
                .set(DagParameters.BA_FLIP_LEAF_EDGE_PROB, probability)
                .set(DagParameters.BA_SINK_EDGE_DROPOUT, 1.0)
                .set(DagParameters.BA_MAX_IN_DEGREE, 1)
                .build();
    }

    private static boolean ascending(int[] parents) {
        return Arrays.equals(parents, Arrays.stream(parents).sorted().distinct().toArray());
    }

    private static int components(Dag graph) {
        Edges edges = new Edges(graph.size());
        for (int node = 0; node < graph.size(); node++) {
            for (int parent : graph.parents()[node]) {
                edges.add(node, parent);
            }
        }
        return edges.components().size();
    }
}
