package org.relata.bench.tensor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.learn.model.Ahead;
import org.relata.learn.model.NeighbourSampler;
import org.relata.learn.train.Optimizer;

/// Two graph convolutions over samples of a graph: 1,024 nodes a step, 25 neighbours of each, 10 of each of these.
/// Weights of edges are those of the whole graph.
record GcnMiniLoad(Graph.Size size) implements TensorLoad {
    private static final int BATCH = 1_024;
    private static final int NEAR = 25;
    private static final int FAR = 10;
    private static final String FIRST = "first_edge";
    private static final String SECOND = "second_edge";

    @Override
    public String name() {
        return "gcn-mini-" + size.label();
    }

    @Override
    public void write(Path folder) {
        Graph.draw(size).write(folder.resolve("gcn-" + size.label()));
    }

    /// An epoch.
    @Override
    public int steps() {
        return Math.ceilDiv(size.training(), BATCH);
    }

    @Override
    public int peerSteps() {
        return steps();
    }

    @Override
    public Training open(EngineOptions options) {
        Graph graph = Graph.draw(size);
        EngineRunner runner = EngineTraining.runner(options);
        GcnModel.bind(runner, graph);
        return EngineTraining.of(
                runner,
                GcnModel.text(size, true, FIRST, SECOND),
                new Optimizer.Adam(0.1),
                UnaryOperator.identity(),
                batches(runner, graph),
                Set.of("label", FIRST, SECOND));
    }

    private Runnable batches(EngineRunner runner, Graph graph) {
        NeighbourSampler sampler = NeighbourSampler.of(size.nodes(), graph.target(), graph.source(), graph.weight());
        SplittableRandom random = new SplittableRandom(501);
        int[] classes = graph.labels();
        int[] order = new int[size.training()];
        Arrays.setAll(order, place -> place);
        int[] from = {0};
        // Places are not looked at: samples are asked for in the order in which they are drawn.
        Ahead<Integer, Sample> samples = new Ahead<>(_ -> {
            if (from[0] == 0) {
                for (int place = order.length - 1; place > 0; place--) {
                    int other = random.nextInt(place + 1);
                    int swapped = order[place];
                    order[place] = order[other];
                    order[other] = swapped;
                }
            }
            int to = Math.min(order.length, from[0] + BATCH);
            int[] nodes = Arrays.copyOfRange(order, from[0], to);
            from[0] = to % order.length;
            NeighbourSampler.Hop near = sampler.hop(nodes, NEAR, random);
            return new Sample(nodes, near.edges(), sampler.edges(near.nodes(), FAR, random));
        });
        return () -> {
            Sample sample = samples.get(0, 0);
            bind(runner, SECOND, sample.near());
            bind(runner, FIRST, sample.far());
            GcnModel.bindLabels(runner, sample.nodes().length, row -> classes[sample.nodes()[row]]);
        };
    }

    private record Sample(int[] nodes, NeighbourSampler.Edges near, NeighbourSampler.Edges far) {}

    private static void bind(EngineRunner runner, String name, NeighbourSampler.Edges edges) {
        Map<String, EngineRunner.Keys> ends = new LinkedHashMap<>();
        ends.put("dst", row -> edges.targets()[row]);
        ends.put("src", row -> edges.sources()[row]);
        runner.bindColumns(
                name, ends, edges.count(), Shape.SCALAR, values -> EngineTraining.fill(values, edges.weights()));
    }

    @Override
    public List<Peer> peers() {
        return List.of(new Peer(
                "own sampler and PyTorch CSR",
                List.of("gcn_mini.py", "--graph", size.label(), "--peer", "torch_own", "--epochs", "2")));
    }
}
