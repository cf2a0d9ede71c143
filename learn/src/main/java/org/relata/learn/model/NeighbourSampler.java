package org.relata.learn.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Draws neighbours of nodes, none of them twice. An edge keeps the weight that it has in the whole graph.
public final class NeighbourSampler {
    private final int[] starts;
    private final Links links;
    /// The place of each node among those of a hop; −1 outside one.
    private final int[] places;

    private int[] picked = {};

    private NeighbourSampler(int[] starts, Links links) {
        this.starts = starts;
        this.links = links;
        this.places = new int[starts.length - 1];
        Arrays.fill(places, -1);
    }

    /// Edges in the order of the nodes that they lead to, wherever they are.
    public interface Links {
        /// The node that an edge comes from.
        int source(int edge);

        /// Its weight.
        float weight(int edge);
    }

    private record InArrays(int[] sources, float[] weights) implements Links {
        @Override
        public int source(int edge) {
            return sources[edge];
        }

        @Override
        public float weight(int edge) {
            return weights[edge];
        }
    }

    /// A sampler for edges that are not in arrays.
    ///
    /// @param starts for each node the first edge that leads to it, and at the end how many edges there are
    static NeighbourSampler of(int[] starts, Links links) {
        return new NeighbourSampler(starts, links);
    }

    /// A sampler for edges that stand in the order of the nodes that they lead to.
    ///
    /// @param nodes how many there are, counting from 0
    /// @param targets where each edge leads
    /// @param sources where it comes from
    public static NeighbourSampler of(int nodes, int[] targets, int[] sources, float[] weights) {
        int[] starts = new int[nodes + 1];
        for (int target : targets) {
            starts[target + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            starts[node + 1] += starts[node];
        }
        return new NeighbourSampler(starts, new InArrays(sources, weights));
    }

    /// Edges that were drawn.
    ///
    /// @param targets where each leads, as a place among the nodes that were asked for, in order
    /// @param sources the nodes that they come from
    public record Edges(int[] targets, int[] sources, float[] weights) {
        /// How many there are.
        public int count() {
            return targets.length;
        }
    }

    /// Edges that were drawn, and the nodes at both of their ends.
    ///
    /// @param nodes those that were asked for, then those from which edges come and that are none of them, each once
    /// @param edges whose sources are places in `nodes` too
    public record Hop(int[] nodes, Edges edges) {}

    /// Draws at most so many edges to each of some nodes.
    public Edges edges(int[] nodes, int most, SplittableRandom random) {
        int count = 0;
        for (int node : nodes) {
            count += Math.min(most, starts[node + 1] - starts[node]);
        }
        Edges edges = new Edges(new int[count], new int[count], new float[count]);
        int edge = 0;
        for (int place = 0; place < nodes.length; place++) {
            int drawn = draw(nodes[place], most, random);
            for (int pick = 0; pick < drawn; pick++) {
                edges.targets[edge] = place;
                edges.sources[edge] = links.source(picked[pick]);
                edges.weights[edge++] = links.weight(picked[pick]);
            }
        }
        return edges;
    }

    /// The same, with the nodes that edges come from, so that edges can be drawn to these.
    ///
    /// @param nodes no two of them equal
    public Hop hop(int[] nodes, int most, SplittableRandom random) {
        Edges edges = edges(nodes, most, random);
        int[] all = Arrays.copyOf(nodes, nodes.length + edges.count());
        int known = nodes.length;
        for (int place = 0; place < known; place++) {
            places[nodes[place]] = place;
        }
        for (int edge = 0; edge < edges.count(); edge++) {
            int source = edges.sources[edge];
            if (places[source] < 0) {
                places[source] = known;
                all[known++] = source;
            }
            edges.sources[edge] = places[source];
        }
        for (int place = 0; place < known; place++) {
            places[all[place]] = -1;
        }
        return new Hop(Arrays.copyOf(all, known), edges);
    }

    /// Picks edges that lead to a node by Floyd's algorithm, and tells how many there are.
    private int draw(int node, int most, SplittableRandom random) {
        int start = starts[node];
        int degree = starts[node + 1] - start;
        int count = Math.min(most, degree);
        if (picked.length < count) {
            picked = new int[count];
        }
        for (int pick = 0; pick < count; pick++) {
            int last = start + degree - count + pick;
            int edge = count == degree ? last : start + random.nextInt(last - start + 1);
            picked[pick] = among(edge, pick) ? last : edge;
        }
        return count;
    }

    private boolean among(int edge, int count) {
        for (int pick = 0; pick < count; pick++) {
            if (picked[pick] == edge) {
                return true;
            }
        }
        return false;
    }
}
