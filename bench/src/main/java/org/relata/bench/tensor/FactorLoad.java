package org.relata.bench.tensor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.learn.train.Optimizer;

/// A symmetric factorisation of a sparse matrix into factors that are not negative.
record FactorLoad() implements TensorLoad {
    private static final int NODES = 40_000;
    private static final int FACTORS = 256;
    private static final int EDGES = 400_000;

    private static final String MODEL = """
            CREATE TABLE edge (id INT PRIMARY KEY, one INT, other INT, v DOUBLE);
            CREATE PARAMETER TABLE factor (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %d), v VECTOR[%d]);

            WITH rest AS (
                SELECT edge.id, edge.v - inner_product(a.v, b.v) AS v
                FROM edge JOIN factor a ON edge.one = a.id JOIN factor b ON edge.other = b.id
            )
            SELECT AVG(square(rest.v)) / 2 AS loss FROM rest;
            """;

    @Override
    public String name() {
        return "nnmf-sparse";
    }

    @Override
    public void write(Path folder) {
        // The peers draw the same numbers themselves.
    }

    @Override
    public Training open(EngineOptions options) {
        EngineRunner runner = EngineTraining.runner(options);
        int[] ends = Streams.integers(602, 2 * EDGES, NODES);
        SplittableRandom random = new SplittableRandom(603);
        Map<String, EngineRunner.Keys> keys = new LinkedHashMap<>();
        keys.put("id", row -> row);
        keys.put("one", row -> ends[2 * row]);
        keys.put("other", row -> ends[2 * row + 1]);
        runner.bindColumns("edge", keys, EDGES, Shape.SCALAR, values -> {
            for (int row = 0; row < EDGES; row++) {
                values.set(row, 0, random.nextDouble());
            }
        });
        float[] factors = Streams.uniform(604, NODES * FACTORS, 0, 1 / Math.sqrt(FACTORS));
        runner.bindDense("factor", "id", 0, NODES, Shape.of(FACTORS), values -> EngineTraining.fill(values, factors));
        return EngineTraining.of(
                runner,
                MODEL.formatted(NODES - 1, FACTORS),
                new Optimizer.Sgd(0.1),
                parameter -> parameter.map(Kernels::relu),
                () -> {},
                Set.of());
    }

    @Override
    public List<Peer> peers() {
        return List.of(
                new Peer("NumPy and SciPy", List.of("nnmf.py", "--case", "sparse", "--peer", "numpy")),
                new Peer("PyTorch", List.of("nnmf.py", "--case", "sparse", "--peer", "torch_autograd")));
    }
}
