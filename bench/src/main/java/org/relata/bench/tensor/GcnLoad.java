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
    private static final String MODEL = """
            CREATE TABLE node (id INT PRIMARY KEY, vec VECTOR[%1$d]);
            CREATE TABLE edge (dst INT, src INT, weight DOUBLE, PRIMARY KEY (dst, src));
            CREATE TABLE label (id INT PRIMARY KEY, class INT NOT NULL);
            CREATE TABLE class (id INT PRIMARY KEY, y VECTOR[%2$d]);
            CREATE PARAMETER TABLE w1 (v MATRIX[%1$d][%3$d]);
            CREATE PARAMETER TABLE b1 (v VECTOR[%3$d]);
            CREATE PARAMETER TABLE w2 (v MATRIX[%3$d][%2$d]);
            CREATE PARAMETER TABLE b2 (v VECTOR[%2$d]);

            WITH near AS (
                SELECT edge.dst AS id, SUM(edge.weight * node.vec) AS vec
                FROM edge JOIN node ON edge.src = node.id GROUP BY edge.dst
            ), hidden AS (
                SELECT near.id, relu(vector_matrix_multiply(near.vec, w1.v) + b1.v) AS vec FROM near, w1, b1
            ), kept AS (
                SELECT hidden.id, %4$s AS vec FROM hidden
            ), narrow AS (
                SELECT kept.id, vector_matrix_multiply(kept.vec, w2.v) AS vec FROM kept, w2
            ), spread AS (
                SELECT edge.dst AS id, SUM(edge.weight * narrow.vec) AS vec
                FROM edge JOIN narrow ON edge.src = narrow.id GROUP BY edge.dst
            ), z AS (
                SELECT spread.id, spread.vec + b2.v AS vec FROM spread, b2
            ), surprise AS (
                SELECT z.id, tensor_logsumexp(z.vec) - inner_product(class.y, z.vec) AS v
                FROM z JOIN label ON z.id = label.id JOIN class ON label.class = class.id
            )
            SELECT AVG(v) AS loss FROM surprise;
            """;

    private static final String DROPOUT =
            "CASE WHEN random_like(hidden.vec, 'dropout', hidden.id) < 0.5 THEN 0 ELSE 2 * hidden.vec END";

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
        runner.bindDense(
                "node",
                "id",
                0,
                size.nodes(),
                Shape.of(size.features()),
                values -> EngineTraining.fill(values, graph.features()));
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
        Map<String, EngineRunner.Keys> labels = new LinkedHashMap<>();
        labels.put("id", row -> row);
        labels.put("class", row -> classes[row]);
        runner.bindColumns("label", labels, size.training(), Shape.SCALAR, values -> {
            for (int row = 0; row < size.training(); row++) {
                values.set(row, 0, 1);
            }
        });
        runner.bindDense("class", "id", 0, size.classes(), Shape.of(size.classes()), values -> {
            for (int row = 0; row < size.classes(); row++) {
                values.set(row, row, 1);
            }
        });
        Shape wide = Shape.of(size.features(), Graph.HIDDEN);
        Shape narrow = Shape.of(Graph.HIDDEN, size.classes());
        runner.bind("w1", EngineTraining.single(wide, graph.first()));
        runner.bind("b1", EngineTraining.single(Shape.of(Graph.HIDDEN), new float[Graph.HIDDEN]));
        runner.bind("w2", EngineTraining.single(narrow, graph.second()));
        runner.bind("b2", EngineTraining.single(Shape.of(size.classes()), new float[size.classes()]));
        String text = MODEL.formatted(size.features(), size.classes(), Graph.HIDDEN, dropout ? DROPOUT : "hidden.vec");
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
