package org.relata.synth.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.relata.synth.random.Draws;

/// The undirected edges of a graph while it is drawn.
final class Edges {
    private final BitSet[] neighbours;

    Edges(int size) {
        neighbours = new BitSet[size];
        for (int node = 0; node < size; node++) {
            neighbours[node] = new BitSet(size);
        }
    }

    int size() {
        return neighbours.length;
    }

    void add(int a, int b) {
        neighbours[a].set(b);
        neighbours[b].set(a);
    }

    void remove(int a, int b) {
        neighbours[a].clear(b);
        neighbours[b].clear(a);
    }

    boolean has(int a, int b) {
        return neighbours[a].get(b);
    }

    int degree(int node) {
        return neighbours[node].cardinality();
    }

    BitSet of(int node) {
        return neighbours[node];
    }

    /// Joins the components one after the other, each by an edge between random nodes of both.
    void connect(Draws draws) {
        List<int[]> components = components();
        for (int i = 1; i < components.size(); i++) {
            int[] before = components.get(i - 1);
            int[] here = components.get(i);
            add(before[draws.integer(0, before.length - 1)], here[draws.integer(0, here.length - 1)]);
        }
    }

    /// The components in the order of their smallest nodes.
    List<int[]> components() {
        List<int[]> components = new ArrayList<>();
        BitSet seen = new BitSet(size());
        for (int start = seen.nextClearBit(0); start < size(); start = seen.nextClearBit(start)) {
            List<Integer> component = new ArrayList<>();
            Deque<Integer> open = new ArrayDeque<>(List.of(start));
            seen.set(start);
            while (!open.isEmpty()) {
                int node = open.remove();
                component.add(node);
                neighbours[node].stream().filter(n -> !seen.get(n)).forEach(n -> {
                    seen.set(n);
                    open.add(n);
                });
            }
            components.add(component.stream().mapToInt(Integer::intValue).toArray());
        }
        return components;
    }

    /// The parents of each node when every edge leads from its lower to its higher end.
    int[][] lowToHigh() {
        int[][] parents = new int[size()][];
        for (int node = 0; node < size(); node++) {
            int end = node;
            parents[node] = neighbours[node].stream().filter(n -> n < end).toArray();
        }
        return parents;
    }
}
