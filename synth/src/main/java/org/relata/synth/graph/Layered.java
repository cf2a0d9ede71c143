package org.relata.synth.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.relata.synth.config.Config;
import org.relata.synth.config.DagParameters;
import org.relata.synth.random.Draws;

/// Layers of nodes, each joined to the next.
final class Layered {
    private Layered() {}

    static int[][] draw(int size, Config config, Draws draws) {
        int depth = Math.min(config.get(DagParameters.LAYERED_DEPTH_CHOICES).draw(draws), size);
        int[] starts = starts(size, depth, draws);
        double kept = 1 - config.get(DagParameters.LAYERED_EDGE_DROPOUT_P);
        List<TreeSet<Integer>> parents = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            parents.add(new TreeSet<>());
        }
        for (int layer = 1; layer < depth; layer++) {
            join(starts[layer - 1], starts[layer], starts[layer + 1], kept, parents, draws);
        }
        int[] layers = new int[size];
        for (int layer = 0; layer < depth; layer++) {
            Arrays.fill(layers, starts[layer], starts[layer + 1], layer);
        }
        connect(parents, layers, draws);
        return parents.stream()
                .map(p -> p.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /// Where each layer starts: labels increase layer by layer, and each layer has one node at least.
    private static int[] starts(int size, int depth, Draws draws) {
        int[] sizes = new int[depth];
        Arrays.fill(sizes, 1);
        for (int rest = depth; rest < size; rest++) {
            sizes[draws.integer(0, depth - 1)]++;
        }
        int[] starts = new int[depth + 1];
        for (int layer = 0; layer < depth; layer++) {
            starts[layer + 1] = starts[layer] + sizes[layer];
        }
        return starts;
    }

    private static void join(int start, int middle, int end, double kept, List<TreeSet<Integer>> parents, Draws draws) {
        boolean[] hasChild = new boolean[middle - start];
        for (int node = middle; node < end; node++) {
            for (int parent = start; parent < middle; parent++) {
                if (draws.happens(kept)) {
                    parents.get(node).add(parent);
                    hasChild[parent - start] = true;
                }
            }
        }
        for (int node = middle; node < end; node++) {
            if (parents.get(node).isEmpty()) {
                int parent = draws.integer(start, middle - 1);
                parents.get(node).add(parent);
                hasChild[parent - start] = true;
            }
        }
        for (int parent = start; parent < middle; parent++) {
            if (!hasChild[parent - start]) {
                parents.get(draws.integer(middle, end - 1)).add(parent);
            }
        }
    }

    /// Joins what is still apart, which the steps above allow, by edges that lead to a later layer.
    private static void connect(List<TreeSet<Integer>> parents, int[] layers, Draws draws) {
        int size = layers.length;
        Edges edges = new Edges(size);
        for (int node = 0; node < size; node++) {
            for (int parent : parents.get(node)) {
                edges.add(parent, node);
            }
        }
        List<int[]> components = edges.components();
        if (layers[size - 1] == 0) {
            // One layer only: there is nothing between its nodes but what connects them.
            for (int node = 1; node < size; node++) {
                parents.get(node).add(node - 1);
            }
            return;
        }
        for (int i = 1; i < components.size(); i++) {
            int[] before = components.get(i - 1);
            int[] here = components.get(i);
            int a = before[draws.integer(0, before.length - 1)];
            int b = here[draws.integer(0, here.length - 1)];
            while (layers[a] == layers[b]) {
                b = here[draws.integer(0, here.length - 1)];
            }
            parents.get(layers[a] < layers[b] ? b : a).add(layers[a] < layers[b] ? a : b);
        }
    }
}
