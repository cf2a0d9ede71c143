package org.relata.synth.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.relata.synth.config.Config;
import org.relata.synth.config.DagParameters;
import org.relata.synth.random.Draws;

/// Growth in which each new node is joined to nodes that have many edges already.
final class BarabasiAlbert {
    private BarabasiAlbert() {}

    static int[][] draw(int size, Config config, Draws draws) {
        List<Set<Integer>> parents =
                relabelled(grown(size, Math.min(config.get(DagParameters.BA_M), size - 1), draws), draws);
        thinSinks(parents, config.get(DagParameters.BA_SINK_EDGE_DROPOUT), draws);
        flipLeaves(
                parents,
                config.get(DagParameters.BA_FLIP_LEAF_EDGE_PROB),
                config.get(DagParameters.BA_MAX_IN_DEGREE),
                draws);
        return parents.stream()
                .map(p -> p.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /// Starts from a star and draws each new node's neighbours in proportion to their degrees.
    private static int[][] grown(int size, int edgesEach, Draws draws) {
        Edges edges = new Edges(size);
        int[] bag = new int[2 * edgesEach * size];
        int filled = 0;
        for (int node = 1; node <= edgesEach; node++) {
            edges.add(0, node);
            bag[filled++] = 0;
            bag[filled++] = node;
        }
        for (int node = edgesEach + 1; node < size; node++) {
            Set<Integer> targets = new TreeSet<>();
            while (targets.size() < edgesEach) {
                targets.add(bag[draws.integer(0, filled - 1)]);
            }
            for (int target : targets) {
                edges.add(node, target);
                bag[filled++] = target;
                bag[filled++] = node;
            }
        }
        return edges.lowToHigh();
    }

    private static List<Set<Integer>> relabelled(int[][] parents, Draws draws) {
        int[] labels = draws.permutation(parents.length);
        List<Set<Integer>> relabelled = new ArrayList<>();
        for (int node = 0; node < parents.length; node++) {
            relabelled.add(new TreeSet<>());
        }
        for (int node = 0; node < parents.length; node++) {
            Arrays.stream(parents[node]).map(p -> labels[p]).forEach(relabelled.get(labels[node])::add);
        }
        return relabelled;
    }

    private static void thinSinks(List<Set<Integer>> parents, double probability, Draws draws) {
        for (int sink : sinks(parents)) {
            Set<Integer> of = parents.get(sink);
            if (of.size() > 1 && draws.happens(probability)) {
                of.remove(draws.pick(List.copyOf(of)));
            }
        }
    }

    /// Turns round the only edge of a sink, where that does not give its other end too many.
    private static void flipLeaves(List<Set<Integer>> parents, double probability, int largest, Draws draws) {
        for (int sink : sinks(parents)) {
            if (parents.get(sink).size() == 1 && draws.happens(probability)) {
                int parent = parents.get(sink).iterator().next();
                if (parents.get(parent).size() < largest) {
                    parents.get(sink).clear();
                    parents.get(parent).add(sink);
                }
            }
        }
    }

    private static int[] sinks(List<Set<Integer>> parents) {
        boolean[] referenced = new boolean[parents.size()];
        parents.forEach(of -> of.forEach(p -> referenced[p] = true));
        return IntStream.range(0, parents.size()).filter(n -> !referenced[n]).toArray();
    }
}
