package org.relata.bench.tensor;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.learn.train.Optimizer;

/// Two graph convolutions over a whole graph of any size, with dropout and Adam: for how time grows with the graph, and
/// for graphs that do not fit into memory.
record GrownGcnLoad(GrownGraph graph) implements TensorLoad {
    @Override
    public String name() {
        return "gcn-grown-" + graph.label();
    }

    @Override
    public void write(Path folder) {
        graph.write(folder.resolve("gcn-grown-" + graph.label()));
    }

    @Override
    public Training open(EngineOptions options) {
        EngineRunner runner = EngineTraining.runner(options);
        int features = GrownGraph.FEATURES;
        int classes = GrownGraph.CLASSES;
        runner.bindDense("node", "id", 0, graph.nodes(), Shape.of(features), values -> {
            GrownGraph.Numbers numbers = GrownGraph.features();
            for (long at = 0; at < (long) graph.nodes() * features; at++) {
                values.segment().setAtIndex(ValueLayout.JAVA_FLOAT, at, numbers.next());
            }
        });
        Map<String, EngineRunner.Keys> ends = new LinkedHashMap<>();
        GrownGraph.Walk targets = graph.walk();
        ends.put("dst", _ -> {
            targets.next();
            return targets.target();
        });
        GrownGraph.Walk sources = graph.walk();
        ends.put("src", _ -> {
            sources.next();
            return sources.source();
        });
        runner.bindColumns("edge", ends, graph.links(), Shape.SCALAR, values -> {
            GrownGraph.Numbers numbers = graph.weights();
            for (int at = 0; at < graph.links(); at++) {
                values.segment().setAtIndex(ValueLayout.JAVA_FLOAT, at, numbers.next());
            }
        });
        GcnModel.bindParameters(
                runner,
                features,
                classes,
                GrownGraph.glorot(104, features, Graph.HIDDEN),
                GrownGraph.glorot(105, Graph.HIDDEN, classes));
        int[] labels = graph.labels();
        GcnModel.bindLabels(runner, graph.training(), row -> labels[row]);
        String text = GcnModel.text(features, classes, true, "edge", "edge");
        return EngineTraining.of(runner, text, new Optimizer.Adam(0.1), UnaryOperator.identity(), () -> {}, Set.of());
    }

    @Override
    public List<Peer> peers() {
        return List.of(new Peer(
                "PyTorch CSR, first sums kept",
                List.of("gcn_full.py", "--graph", "grown-" + graph.label(), "--peer", "torch_csr_cached")));
    }
}
