package org.relata.bench.tensor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Values;
import org.relata.learn.train.Optimizer;

/// TransR over a million entities: a matrix for each of a thousand relations, batches of 1,024 facts with 200 false
/// tails
/// of their own each.
///
/// A batch is a set: its facts are numbered relation by relation, so that rows that read one matrix follow each other.
///
/// @param dimensions numbers of an entity; a relation has twice as many
record TransrLoad(int dimensions) implements TensorLoad {
    private static final int BATCH = TranseLoad.BATCH;
    private static final int WRONG = TranseLoad.WRONG;

    private static final String MODEL = """
            CREATE TABLE fact (id INT PRIMARY KEY, head INT, relation INT, tail INT);
            CREATE TABLE wrong (fact INT, number INT, tail INT, PRIMARY KEY (fact, number));
            CREATE PARAMETER TABLE entity (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %2$d), v VECTOR[%1$d]);
            CREATE PARAMETER TABLE shift (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %3$d), v VECTOR[%4$d]);
            CREATE PARAMETER TABLE space (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %3$d), m MATRIX[%1$d][%4$d]);

            WITH aim AS (
                SELECT fact.id, fact.relation, fact.tail,
                       vector_matrix_multiply(head.v, space.m) + shift.v AS v
                FROM fact JOIN entity head ON fact.head = head.id
                     JOIN space ON fact.relation = space.id JOIN shift ON fact.relation = shift.id
            ), near AS (
                SELECT aim.id,
                       sqrt(greatest(tensor_sum(square(aim.v - vector_matrix_multiply(tail.v, space.m))), 1e-12)) AS v
                FROM aim JOIN entity tail ON aim.tail = tail.id JOIN space ON aim.relation = space.id
            ), seen AS (
                SELECT wrong.fact, wrong.number, vector_matrix_multiply(tail.v, space.m) AS v
                FROM wrong JOIN fact ON wrong.fact = fact.id JOIN entity tail ON wrong.tail = tail.id
                     JOIN space ON fact.relation = space.id
            ), far AS (
                SELECT seen.fact, seen.number, sqrt(greatest(tensor_sum(square(aim.v - seen.v)), 1e-12)) AS v
                FROM seen JOIN aim ON seen.fact = aim.id
            ), true_side AS (
                SELECT AVG(softplus(near.v - 12)) AS v FROM near
            ), false_side AS (
                SELECT AVG(softplus(12 - far.v)) AS v FROM far
            )
            SELECT (true_side.v + false_side.v) / 2 AS loss FROM true_side, false_side;
            """;

    @Override
    public String name() {
        return "transr-own-" + dimensions;
    }

    @Override
    public int steps() {
        return 3;
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
        int wide = 2 * dimensions;
        float[] entities = Streams.uniform(701, TranseLoad.ENTITIES * dimensions, -0.1, 0.1);
        float[] shifts = Streams.uniform(702, TranseLoad.RELATIONS * wide, -0.1, 0.1);
        float[] spaces = Streams.uniform(703, TranseLoad.RELATIONS * dimensions * wide, -0.01, 0.01);
        for (int at = 0; at < spaces.length; at++) {
            spaces[at] += at / wide % dimensions == at % wide ? 1 : 0;
        }
        bind(runner, "entity", TranseLoad.ENTITIES, Shape.of(dimensions), entities);
        bind(runner, "shift", TranseLoad.RELATIONS, Shape.of(wide), shifts);
        bind(runner, "space", TranseLoad.RELATIONS, Shape.of(dimensions, wide), spaces);
        return EngineTraining.of(
                runner,
                MODEL.formatted(dimensions, TranseLoad.ENTITIES - 1, TranseLoad.RELATIONS - 1, wide),
                new Optimizer.Sgd(0.5),
                UnaryOperator.identity(),
                batches(runner),
                Set.of("fact", "wrong"));
    }

    private static void bind(EngineRunner runner, String table, int rows, Shape shape, float[] numbers) {
        runner.bindDense(table, "id", 0, rows, shape, values -> EngineTraining.fill(values, numbers));
    }

    private static Runnable batches(EngineRunner runner) {
        int[] facts = TranseLoad.facts();
        SplittableRandom random = new SplittableRandom(704);
        int[] from = {0};
        return () -> {
            int first = from[0];
            from[0] = (first + BATCH) % (TranseLoad.FACTS - BATCH);
            int[] order = IntStream.range(0, BATCH)
                    .boxed()
                    .sorted((one, other) ->
                            Integer.compare(facts[3 * (first + one) + 1], facts[3 * (first + other) + 1]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] tails = new int[BATCH * WRONG];
            for (int at = 0; at < tails.length; at++) {
                tails[at] = (int) (random.nextDouble() * TranseLoad.ENTITIES);
            }
            Map<String, EngineRunner.Keys> fact = new LinkedHashMap<>();
            fact.put("id", row -> row);
            fact.put("head", row -> facts[3 * (first + order[row])]);
            fact.put("relation", row -> facts[3 * (first + order[row]) + 1]);
            fact.put("tail", row -> facts[3 * (first + order[row]) + 2]);
            runner.bindColumns("fact", fact, BATCH, Shape.SCALAR, values -> ones(values, BATCH));
            Map<String, EngineRunner.Keys> wrong = new LinkedHashMap<>();
            wrong.put("fact", row -> row / WRONG);
            wrong.put("number", row -> row % WRONG);
            wrong.put("tail", row -> tails[order[row / WRONG] * WRONG + row % WRONG]);
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
        return List.of(new Peer(
                "PyTorch",
                List.of("kge.py", "--model", "transr", "--dim", String.valueOf(dimensions), "--iters", "3")));
    }
}
