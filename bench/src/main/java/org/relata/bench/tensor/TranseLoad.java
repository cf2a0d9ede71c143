package org.relata.bench.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

/// TransE over a million entities: batches of 1,024 facts with 200 false tails of their own each.
///
/// @param dimensions numbers of an entity
record TranseLoad(int dimensions) implements TensorLoad {
    static final int ENTITIES = 1_000_000;
    static final int RELATIONS = 1_000;
    static final int FACTS = 2_000_000;
    static final int BATCH = 1_024;
    static final int WRONG = 200;

    private static final String MODEL = """
            CREATE TABLE fact (id INT PRIMARY KEY, head INT, relation INT, tail INT);
            CREATE TABLE wrong (fact INT, number INT, tail INT, PRIMARY KEY (fact, number));
            CREATE PARAMETER TABLE entity (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %2$d), v VECTOR[%1$d]);
            CREATE PARAMETER TABLE shift (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %3$d), v VECTOR[%1$d]);

            WITH aim AS (
                SELECT fact.id, fact.tail, head.v + shift.v AS v
                FROM fact JOIN entity head ON fact.head = head.id JOIN shift ON fact.relation = shift.id
            ), near AS (
                SELECT aim.id, sqrt(greatest(tensor_sum(square(aim.v - tail.v)), 1e-12)) AS v
                FROM aim JOIN entity tail ON aim.tail = tail.id
            ), far AS (
                SELECT wrong.fact, wrong.number, sqrt(greatest(tensor_sum(square(aim.v - tail.v)), 1e-12)) AS v
                FROM wrong JOIN aim ON wrong.fact = aim.id JOIN entity tail ON wrong.tail = tail.id
            ), true_side AS (
                SELECT AVG(softplus(near.v - 12)) AS v FROM near
            ), false_side AS (
                SELECT AVG(softplus(12 - far.v)) AS v FROM far
            )
            SELECT (true_side.v + false_side.v) / 2 AS loss FROM true_side, false_side;
            """;

    @Override
    public String name() {
        return "transe-own-" + dimensions;
    }

    @Override
    public int steps() {
        return 10;
    }

    /// The harness tells seconds for a hundred iterations.
    @Override
    public int peerSteps() {
        return 100;
    }

    static int[] facts() {
        SplittableRandom random = new SplittableRandom(201);
        int[] facts = new int[3 * FACTS];
        for (int fact = 0; fact < FACTS; fact++) {
            double head = random.nextDouble();
            double relation = random.nextDouble();
            double tail = random.nextDouble();
            facts[3 * fact] = (int) ((long) (head * head * ENTITIES) * 48_271 % ENTITIES);
            facts[3 * fact + 1] = (int) (relation * relation * RELATIONS);
            facts[3 * fact + 2] = (int) ((long) (tail * tail * ENTITIES) * 69_621 % ENTITIES);
        }
        return facts;
    }

    @Override
    public void write(Path folder) {
        try {
            RawFile.write(Files.createDirectories(folder.resolve("kge-synth")).resolve("triples.i32"), facts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Training open(EngineOptions options) {
        EngineRunner runner = EngineTraining.runner(options);
        float[] entities = Streams.uniform(701, ENTITIES * dimensions, -0.1, 0.1);
        float[] shifts = Streams.uniform(702, RELATIONS * dimensions, -0.1, 0.1);
        Shape shape = Shape.of(dimensions);
        runner.bindDense("entity", "id", 0, ENTITIES, shape, values -> EngineTraining.fill(values, entities));
        runner.bindDense("shift", "id", 0, RELATIONS, shape, values -> EngineTraining.fill(values, shifts));
        return EngineTraining.of(
                runner,
                MODEL.formatted(dimensions, ENTITIES - 1, RELATIONS - 1),
                new Optimizer.Sgd(0.5),
                UnaryOperator.identity(),
                batches(runner),
                Set.of("fact", "wrong"));
    }

    private static Runnable batches(EngineRunner runner) {
        int[] facts = facts();
        SplittableRandom random = new SplittableRandom(704);
        int[] from = {0};
        return () -> {
            int first = from[0];
            from[0] = (first + BATCH) % (FACTS - BATCH);
            Map<String, EngineRunner.Keys> fact = new LinkedHashMap<>();
            fact.put("id", row -> row);
            fact.put("head", row -> facts[3 * (first + row)]);
            fact.put("relation", row -> facts[3 * (first + row) + 1]);
            fact.put("tail", row -> facts[3 * (first + row) + 2]);
            runner.bindColumns("fact", fact, BATCH, Shape.SCALAR, values -> ones(values, BATCH));
            Map<String, EngineRunner.Keys> wrong = new LinkedHashMap<>();
            wrong.put("fact", row -> row / WRONG);
            wrong.put("number", row -> row % WRONG);
            wrong.put("tail", _ -> (long) (random.nextDouble() * ENTITIES));
            runner.bindColumns("wrong", wrong, BATCH * WRONG, Shape.SCALAR, values -> ones(values, BATCH * WRONG));
        };
    }

    private static void ones(Values values, int rows) {
        for (int row = 0; row < rows; row++) {
            values.set(row, 0, 1);
        }
    }

    @Override
    public List<Peer> peers() {
        return List.of(new Peer("PyTorch", List.of("kge.py", "--dim", String.valueOf(dimensions), "--iters", "10")));
    }
}
