package org.relata.learn.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Draws neighbours of nodes, none of them twice. An edge keeps the weight that it has in the whole graph.
public final class NeighbourSampler {
    private final int[] starts;
    private final int[] sources;
    private final float[] weights;
    /// The place of each node among those of a hop; −1 outside one.
    private final int[] places;

    private int[] picked = {};

    private NeighbourSampler(int[] starts, int[] sources, float[] weights) {
        this.starts = starts;
        this.sources = sources;
        this.weights = weights;
        this.places = new int[starts.length - 1];
        Arrays.fill(places, -1);
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
        return new NeighbourSampler(starts, sources, weights);
    }

    /// What was drawn for some nodes.
    ///
    /// @param nodes those for which neighbours were drawn, then the neighbours that are none of them, each once
    /// @param targets of edges, as places in `nodes`, in order
    /// @param sources of edges, as places in `nodes`
    public record Hop(int[] nodes, int[] targets, int[] sources, float[] weights) {
        /// How many edges there are.
        public int edges() {
            return targets.length;
        }
    }

    /// Draws at most so many edges to each of some nodes.
    ///
    /// @param nodes no two of them equal
    public Hop hop(int[] nodes, int most, SplittableRandom random) {
        int room = 0;
        for (int node : nodes) {
            room += Math.min(most, starts[node + 1] - starts[node]);
        }
        int[] all = Arrays.copyOf(nodes, nodes.length + room);
        int[] to = new int[room];
        int[] from = new int[room];
        float[] weight = new float[room];
        int known = nodes.length;
        for (int place = 0; place < nodes.length; place++) {
            places[nodes[place]] = place;
        }
        int edge = 0;
        for (int place = 0; place < nodes.length; place++) {
            int drawn = draw(nodes[place], most, random);
            for (int pick = 0; pick < drawn; pick++) {
                int source = sources[picked[pick]];
                if (places[source] < 0) {
                    places[source] = known;
                    all[known++] = source;
                }
                to[edge] = place;
                from[edge] = places[source];
                weight[edge++] = weights[picked[pick]];
            }
        }
        for (int place = 0; place < known; place++) {
            places[all[place]] = -1;
        }
        return new Hop(Arrays.copyOf(all, known), to, from, weight);
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
