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
    private final Ahead<Place, Sample> samples = new Ahead<>(this::drawn);

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

    /// A step of a run.
    private record Place(long seed, long epoch, int step) {}

    /// What a step sees.
    ///
    /// @param nodes to classify
    private record Sample(int[] nodes, NeighbourSampler.Edges near, NeighbourSampler.Edges far) {}

    @Override
    public void show(long seed, long epoch, int step) {
        boolean last = step + 1 == steps();
        Sample sample = samples.get(
                new Place(seed, epoch, step), new Place(seed, last ? epoch + 1 : epoch, last ? 0 : step + 1));
        edges(sample.near()).bind(runner, layers.second());
        edges(sample.far()).bind(runner, layers.first());
        labels(sample.nodes()).bind(runner, layers.labels());
        if (layers.varying().contains(layers.features())) {
            int[] seen =
                    Arrays.stream(sample.far().sources()).sorted().distinct().toArray();
            features.only(seen).bind(runner, layers.features());
        }
    }

    private Sample drawn(Place place) {
        if (orderedEpoch != place.epoch()) {
            order = Rows.shuffled(
                    train.length, new SplittableRandom(place.seed() * 0x9E3779B97F4A7C15L + place.epoch()));
            orderedEpoch = place.epoch();
        }
        SplittableRandom random = new SplittableRandom(
                (place.seed() * 0xD1B54A32D192ED03L + place.epoch()) * 0x9E3779B97F4A7C15L + place.step());
        int from = place.step() * batches.nodes();
        int[] nodes = Arrays.stream(order, from, Math.min(train.length, from + batches.nodes()))
                .map(each -> train[each])
                .toArray();
        NeighbourSampler.Hop near = sampler.hop(nodes, batches.near(), random);
        return new Sample(nodes, near.edges(), sampler.edges(near.nodes(), batches.far(), random));
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
        // What is computed over all nodes reads other relations; none may go while a sample is drawn from it.
        samples.rest();
    }
}
