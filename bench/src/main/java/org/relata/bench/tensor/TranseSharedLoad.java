package org.relata.bench.tensor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Values;
import org.relata.learn.train.Optimizer;

/// TransE over a million entities: batches of eight chunks of 128 facts, each of which shares 200 false tails.
///
/// @param dimensions numbers of an entity
record TranseSharedLoad(int dimensions) implements TensorLoad {
    private static final int BATCH = TranseLoad.BATCH;
    private static final int WRONG = TranseLoad.WRONG;
    private static final int CHUNKS = 8;

    private static final String MODEL = """
            CREATE TABLE fact (id INT PRIMARY KEY, chunk INT, head INT, relation INT, tail INT);
            CREATE TABLE wrong (chunk INT, number INT, tail INT, PRIMARY KEY (chunk, number));
            CREATE PARAMETER TABLE entity (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %2$d), v VECTOR[%1$d]);
            CREATE PARAMETER TABLE shift (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %3$d), v VECTOR[%1$d]);

            WITH aim AS (
                SELECT fact.id, fact.chunk, fact.tail, head.v + shift.v AS v
                FROM fact JOIN entity head ON fact.head = head.id JOIN shift ON fact.relation = shift.id
            ), near AS (
                SELECT aim.id, sqrt(greatest(tensor_sum(square(aim.v - tail.v)), 1e-12)) AS v
                FROM aim JOIN entity tail ON aim.tail = tail.id
            ), other AS (
                SELECT wrong.chunk, wrong.number, tail.v FROM wrong JOIN entity tail ON wrong.tail = tail.id
            ), far AS (
                SELECT aim.id, other.number, sqrt(greatest(tensor_sum(square(aim.v - other.v)), 1e-12)) AS v
                FROM aim JOIN other ON aim.chunk = other.chunk
            ), true_side AS (
                SELECT AVG(softplus(near.v - 12)) AS v FROM near
            ), false_side AS (
                SELECT AVG(softplus(12 - far.v)) AS v FROM far
            )
            SELECT (true_side.v + false_side.v) / 2 AS loss FROM true_side, false_side;
            """;

    @Override
    public String name() {
        return "transe-shared-" + dimensions;
    }

    @Override
    public int steps() {
        return 20;
    }

    /// The harness tells seconds for a hundred iterations.
    @Override
    public int peerSteps() {
        return 100;
    }

    @Override
    public void write(Path folder) {
        new TranseLoad(dimensions).write(folder);
    }

    @Override
    public Training open(EngineOptions options) {
        EngineRunner runner = EngineTraining.runner(options);
        float[] entities = Streams.uniform(701, TranseLoad.ENTITIES * dimensions, -0.1, 0.1);
        float[] shifts = Streams.uniform(702, TranseLoad.RELATIONS * dimensions, -0.1, 0.1);
        Shape shape = Shape.of(dimensions);
        runner.bindDense(
                "entity", "id", 0, TranseLoad.ENTITIES, shape, values -> EngineTraining.fill(values, entities));
        runner.bindDense("shift", "id", 0, TranseLoad.RELATIONS, shape, values -> EngineTraining.fill(values, shifts));
        return EngineTraining.of(
                runner,
                MODEL.formatted(dimensions, TranseLoad.ENTITIES - 1, TranseLoad.RELATIONS - 1),
                new Optimizer.Sgd(0.5),
                UnaryOperator.identity(),
                batches(runner),
                Set.of("fact", "wrong"));
    }

    private static Runnable batches(EngineRunner runner) {
        int[] facts = TranseLoad.facts();
        SplittableRandom random = new SplittableRandom(704);
        int[] from = {0};
        return () -> {
            int first = from[0];
            from[0] = (first + BATCH) % (TranseLoad.FACTS - BATCH);
            Map<String, EngineRunner.Keys> fact = new LinkedHashMap<>();
            fact.put("id", row -> row);
            fact.put("chunk", row -> row / (BATCH / CHUNKS));
            fact.put("head", row -> facts[3 * (first + row)]);
            fact.put("relation", row -> facts[3 * (first + row) + 1]);
            fact.put("tail", row -> facts[3 * (first + row) + 2]);
            runner.bindColumns("fact", fact, BATCH, Shape.SCALAR, values -> ones(values, BATCH));
            Map<String, EngineRunner.Keys> wrong = new LinkedHashMap<>();
            wrong.put("chunk", row -> row / WRONG);
            wrong.put("number", row -> row % WRONG);
            wrong.put("tail", _ -> (long) (random.nextDouble() * TranseLoad.ENTITIES));
            runner.bindColumns("wrong", wrong, CHUNKS * WRONG, Shape.SCALAR, values -> ones(values, CHUNKS * WRONG));
        };
    }

    private static void ones(Values values, int rows) {
        for (int row = 0; row < rows; row++) {
            values.set(row, 0, 1);
        }
    }

    @Override
    public List<Peer> peers() {
        return List.of(new Peer(
                "PyTorch",
                List.of("kge.py", "--mode", "shared", "--dim", String.valueOf(dimensions), "--iters", "50")));
    }
}
