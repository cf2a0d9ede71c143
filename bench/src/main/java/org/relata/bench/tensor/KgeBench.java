package org.relata.bench.tensor;

import java.nio.file.Path;
import java.util.*;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.*;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.*;
import org.relata.engine.*;
import org.relata.learn.train.*;
import org.relata.sql.model.*;
import org.relata.sql.parse.*;

public final class KgeBench {
    static final String MODEL = """
            CREATE TABLE fact (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND 1023), head INT, relation INT, tail INT);
            CREATE TABLE wrong (fact INT, number INT, tail INT, PRIMARY KEY (fact, number));
            CREATE PARAMETER TABLE entity (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %2$d), v VECTOR[%1$d]);
            CREATE PARAMETER TABLE shift (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %3$d), v VECTOR[%1$d]);
            WITH aim AS (
                SELECT fact.id, fact.tail, head.v + shift.v AS v
                FROM fact JOIN entity head ON fact.head = head.id JOIN shift ON fact.relation = shift.id
            ), near AS (
                SELECT aim.id, sqrt(greatest(tensor_sum(square(aim.v - tail.v)), 1e-12)) AS v FROM aim JOIN entity tail ON aim.tail = tail.id
            ), far AS (
                SELECT wrong.fact, wrong.number, sqrt(greatest(tensor_sum(square(aim.v - tail.v)), 1e-12)) AS v
                FROM wrong JOIN aim ON wrong.fact = aim.id JOIN entity tail ON wrong.tail = tail.id
            ), a AS (SELECT AVG(softplus(near.v - 12)) AS v FROM near
            ), b AS (SELECT AVG(softplus(12 - far.v)) AS v FROM far)
            SELECT (a.v + b.v) / 2 AS loss FROM a, b;
            """;

    static float[] uniform(long seed, int n, double lo, double hi) {
        SplittableRandom r = new SplittableRandom(seed);
        float[] f = new float[n];
        for (int i = 0; i < n; i++) f[i] = (float) (r.nextDouble() * (hi - lo) + lo);
        return f;
    }

    public static void main(String[] args) {
        Path d = Path.of(args[0]);
        int D = Integer.parseInt(args[1]);
        int iters = Integer.parseInt(args[2]);
        int NE = 1_000_000, NR = 1000, B = 1024, K = 200;
        Model model = ModelParser.parse("kge.sql", MODEL.formatted(D, NE - 1, NR - 1), ShapeSource.none());
        RawFile tr = RawFile.of(d.resolve("triples.i32"));
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        RelExpr loss = KernelSplit.apply(Map.of("loss", model.loss())).get("loss");
        Map<String, RelExpr> g = Autodiff.gradient(loss, Rewrites.all(), "entity", "shift");
        Optimizer sgd = new Optimizer.Sgd(0.5);
        for (Input p : model.parameters()) outputs.put(p.relation(), sgd.update(p.scan(), g.get(p.relation())).parameter());
        outputs.put("loss", loss);
        try (EngineRunner runner = new EngineRunner(EngineOptions.standard().threads(2).memoryBytes(12L << 30))) {
            float[] e = uniform(701, NE * D, -0.1, 0.1), rl = uniform(702, NR * D, -0.1, 0.1);
            runner.bindDense("entity", "id", 0, NE, Shape.of(D), v -> java.lang.foreign.MemorySegment.copy(e, 0, v.segment(), java.lang.foreign.ValueLayout.JAVA_FLOAT, 0, e.length));
            runner.bindDense("shift", "id", 0, NR, Shape.of(D), v -> java.lang.foreign.MemorySegment.copy(rl, 0, v.segment(), java.lang.foreign.ValueLayout.JAVA_FLOAT, 0, rl.length));
            SplittableRandom neg = new SplittableRandom(704);
            try (Program program = runner.compile(Rewrites.all().apply(outputs).outputs())) {
                long total = 0;
                for (int it = 0; it < iters; it++) {
                    long t = System.nanoTime();
                    int from = it * B;
                    Map<String, EngineRunner.Keys> f = new LinkedHashMap<>();
                    f.put("id", i -> i);
                    f.put("head", i -> tr.integer(3L * (from + i)));
                    f.put("relation", i -> tr.integer(3L * (from + i) + 1));
                    f.put("tail", i -> tr.integer(3L * (from + i) + 2));
                    runner.bindColumns("fact", f, B, Shape.SCALAR, v -> { for (int i = 0; i < B; i++) v.set(i, 0, 1); });
                    Map<String, EngineRunner.Keys> w = new LinkedHashMap<>();
                    w.put("fact", i -> i / K);
                    w.put("number", i -> i % K);
                    w.put("tail", i -> (long) (neg.nextDouble() * NE));
                    runner.bindColumns("wrong", w, B * K, Shape.SCALAR, v -> { for (int i = 0; i < B * K; i++) v.set(i, 0, 1); });
                    long t1 = System.nanoTime();
                    program.run(new Settings(Map.of("learning_rate", 0.5), 1, it));
                    double l = program.output("loss").get(Key.EMPTY).get().number();
                    long t2 = System.nanoTime();
                    program.keep("entity", "entity");
                    program.keep("shift", "shift");
                    long t3 = System.nanoTime();
                    System.out.printf("it %d loss %.5f bind %.1f run %.1f keep %.1f ms%n", it, l, (t1 - t) / 1e6, (t2 - t1) / 1e6, (t3 - t2) / 1e6);
                    if (it == iters - 1) System.out.println(program.explain());
                }
            }
        }
    }
}
