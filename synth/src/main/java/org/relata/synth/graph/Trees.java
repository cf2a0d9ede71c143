package org.relata.synth.graph;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.PriorityQueue;
import org.relata.synth.random.Draws;

/// Trees in which every labelled tree is as likely.
final class Trees {
    private Trees() {}

    /// Draws a tree by its Prüfer sequence, and a root, from which all edges lead away.
    static int[][] fromRoot(int size, Draws draws) {
        Edges edges = prufer(size, draws);
        int[][] parents = new int[size][0];
        boolean[] seen = new boolean[size];
        Deque<Integer> open = new ArrayDeque<>();
        int root = draws.integer(0, size - 1);
        open.add(root);
        seen[root] = true;
        while (!open.isEmpty()) {
            int node = open.remove();
            edges.of(node).stream().filter(n -> !seen[n]).forEach(n -> {
                seen[n] = true;
                parents[n] = new int[] {node};
                open.add(n);
            });
        }
        return parents;
    }

    private static Edges prufer(int size, Draws draws) {
        int[] sequence = new int[Math.max(0, size - 2)];
        int[] degrees = new int[size];
        Arrays.fill(degrees, 1);
        for (int i = 0; i < sequence.length; i++) {
            sequence[i] = draws.integer(0, size - 1);
            degrees[sequence[i]]++;
        }
        PriorityQueue<Integer> leaves = new PriorityQueue<>();
        for (int node = 0; node < size; node++) {
            if (degrees[node] == 1) {
                leaves.add(node);
            }
        }
        Edges edges = new Edges(size);
        for (int node : sequence) {
            edges.add(leaves.remove(), node);
            if (--degrees[node] == 1) {
                leaves.add(node);
            }
        }
        edges.add(leaves.remove(), leaves.remove());
        return edges;
    }
}
