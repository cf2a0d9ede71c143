package org.relata.synth.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/// A directed graph without circles on the nodes 0..n-1, with a weight for each edge. Do not change the arrays.
///
/// @param parents for each node, the nodes with an edge to it, ascending
/// @param weights for each node, the weights of these edges
public record Dag(int[][] parents, float[][] weights) {
    /// How many nodes there are.
    public int size() {
        return parents.length;
    }

    /// How many edges there are.
    public int edges() {
        return Arrays.stream(parents).mapToInt(p -> p.length).sum();
    }

    /// How many edges leave each node.
    public int[] outDegrees() {
        int[] degrees = new int[size()];
        for (int[] of : parents) {
            for (int parent : of) {
                degrees[parent]++;
            }
        }
        return degrees;
    }

    /// The nodes, parents first; among those that could come next the smallest comes first.
    ///
    /// @throws IllegalStateException when the graph has a circle
    public int[] order() {
        int size = size();
        List<List<Integer>> children = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            children.add(new ArrayList<>());
        }
        int[] waiting = new int[size];
        for (int node = 0; node < size; node++) {
            waiting[node] = parents[node].length;
            for (int parent : parents[node]) {
                children.get(parent).add(node);
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int node = 0; node < size; node++) {
            if (waiting[node] == 0) {
                ready.add(node);
            }
        }
        int[] order = new int[size];
        int placed = 0;
        while (!ready.isEmpty()) {
            int node = ready.remove();
            order[placed++] = node;
            for (int child : children.get(node)) {
                if (--waiting[child] == 0) {
                    ready.add(child);
                }
            }
        }
        if (placed < size) {
            throw new IllegalStateException("a graph of " + size + " nodes has a circle");
        }
        return order;
    }

    /// The number of nodes on the longest path.
    public int depth() {
        int[] depths = new int[size()];
        int deepest = 0;
        for (int node : order()) {
            depths[node] = 1;
            for (int parent : parents[node]) {
                depths[node] = Math.max(depths[node], depths[parent] + 1);
            }
            deepest = Math.max(deepest, depths[node]);
        }
        return deepest;
    }
}
