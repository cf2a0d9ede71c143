package org.relata.bench.tensor;

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

/// Two graph convolutions over a whole graph, with Adam.
///
/// @param dropout whether half of the hidden numbers are left out at each step
record GcnLoad(Graph.Size size, boolean dropout) implements TensorLoad {
    @Override
    public String name() {
        return "gcn-full-" + size.label() + (dropout ? "" : "-plain");
    }

    @Override
    public void write(Path folder) {
        Graph.draw(size).write(folder.resolve("gcn-" + size.label()));
    }

    @Override
    public Training open(EngineOptions options) {
        Graph graph = Graph.draw(size);
        EngineRunner runner = EngineTraining.runner(options);
        GcnModel.bind(runner, graph);
        Map<String, EngineRunner.Keys> ends = new LinkedHashMap<>();
        ends.put("dst", row -> graph.target()[row]);
        ends.put("src", row -> graph.source()[row]);
        runner.bindColumns(
                "edge",
                ends,
                graph.source().length,
                Shape.SCALAR,
                values -> EngineTraining.fill(values, graph.weight()));
        int[] classes = graph.labels();
        GcnModel.bindLabels(runner, size.training(), row -> classes[row]);
        String text = GcnModel.text(size, dropout, "edge", "edge");
        return EngineTraining.of(runner, text, new Optimizer.Adam(0.1), UnaryOperator.identity(), () -> {}, Set.of());
    }

    @Override
    public List<Peer> peers() {
        return List.of(
                new Peer("PyTorch CSR", List.of("gcn_full.py", "--graph", size.label(), "--peer", "torch_csr")),
                new Peer(
                        "PyTorch CSR, first sums kept",
                        List.of("gcn_full.py", "--graph", size.label(), "--peer", "torch_csr_cached")));
    }
}
