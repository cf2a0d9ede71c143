package org.relata.learn.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;
import org.relata.learn.train.Feed;

/// Gives each step some nodes to classify and a sample of what is around them. Every node to learn from is seen once an
/// epoch, in random order.
///
/// What a step sees counts from 0: nodes to classify first, then the neighbours that are drawn for them. Only features
/// keep the numbers of nodes, and stay where they are if a step need not change them.
final class GraphBatches implements Feed {
    private final Runner runner;
    private final Graph graph;
    private final NeighbourBatches batches;
    private final Layers layers;
    private final NeighbourSampler sampler;
    private final GraphRows features;
    private final int[] train;
    private int[] order = {};
    private long orderedEpoch = -1;

    /// @param runner to which the whole graph is bound
    /// @param layers what relations are called in the model
    GraphBatches(Runner runner, Graph graph, NeighbourBatches batches, Layers layers) {
        this.runner = runner;
        this.graph = graph;
        this.batches = batches;
        this.layers = layers;
        this.train = graph.of(Split.TRAIN);
        Layers bound = Layers.whole(graph, layers.labels());
        this.sampler = GraphRows.of(runner, bound.first(), graph.edges()).sampler(graph.nodes());
        this.features = layers.varying().contains(layers.features())
                ? GraphRows.of(runner, bound.features(), graph.values())
                : new GraphRows.Copied(Rows.of("id", new int[0], Shape.SCALAR, new float[0]));
    }

    @Override
    public int steps() {
        return Math.ceilDiv(train.length, batches.nodes());
    }

    @Override
    public Set<String> varying() {
        return layers.varying();
    }

    @Override
    public String fingerprint() {
        return train.length + ":" + batches.nodes() + ":" + batches.fanOut();
    }

    @Override
    public boolean complete() {
        return false;
    }

    @Override
    public void show(long seed, long epoch, int step) {
        if (orderedEpoch != epoch) {
            order = Rows.shuffled(train.length, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch));
            orderedEpoch = epoch;
        }
        SplittableRandom random =
                new SplittableRandom((seed * 0xD1B54A32D192ED03L + epoch) * 0x9E3779B97F4A7C15L + step);
        int[] nodes = Arrays.stream(order, step * batches.nodes(), Math.min(train.length, (step + 1) * batches.nodes()))
                .map(place -> train[place])
                .toArray();
        NeighbourSampler.Hop near = sampler.hop(nodes, batches.near(), random);
        NeighbourSampler.Edges far = sampler.edges(near.nodes(), batches.far(), random);
        edges(near.edges()).bind(runner, layers.second());
        edges(far).bind(runner, layers.first());
        labels(nodes).bind(runner, layers.labels());
        if (layers.varying().contains(layers.features())) {
            int[] seen = Arrays.stream(far.sources()).sorted().distinct().toArray();
            features.only(seen).bind(runner, layers.features());
        }
    }

    private static Rows edges(NeighbourSampler.Edges edges) {
        return Rows.of("dst", edges.targets(), "src", edges.sources(), edges.weights());
    }

    private Rows labels(int[] nodes) {
        SequencedMap<String, int[]> keys = new LinkedHashMap<>();
        keys.put("node", Rows.upTo(nodes.length));
        keys.put("class", Arrays.stream(nodes).map(node -> graph.labels()[node]).toArray());
        return new Rows(keys, Shape.SCALAR, new float[0]);
    }

    @Override
    public void showAll() {
        // What is computed over all nodes reads other relations.
    }
}
