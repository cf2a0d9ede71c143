package org.relata.bench.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.*;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.value.*;
import org.relata.engine.*;
import org.relata.engine.memory.*;
import org.relata.learn.train.*;
import org.relata.sql.model.Model;
import org.relata.sql.parse.*;

public final class GcnBench {
    static final String MODEL = """
            CREATE TABLE node (id INT PRIMARY KEY, vec VECTOR[%d]);
            CREATE TABLE edge (dst INT, src INT, weight DOUBLE, PRIMARY KEY (dst, src));
            CREATE TABLE label (id INT PRIMARY KEY, class INT NOT NULL);
            CREATE TABLE class (id INT PRIMARY KEY, y VECTOR[%d]);
            CREATE PARAMETER TABLE w1 (v MATRIX[%1$d][256]);
            CREATE PARAMETER TABLE b1 (v VECTOR[256] zeros);
            CREATE PARAMETER TABLE w2 (v MATRIX[256][%2$d]);
            CREATE PARAMETER TABLE b2 (v VECTOR[%2$d] zeros);
            WITH near AS (
                SELECT edge.dst AS id, SUM(edge.weight * node.vec) AS vec FROM edge JOIN node ON edge.src = node.id GROUP BY edge.dst
            ), hidden AS (
                SELECT near.id, relu(vector_matrix_multiply(near.vec, w1.v) + b1.v) AS vec FROM near, w1, b1
            ), dropped AS (
                SELECT hidden.id, %s AS vec FROM hidden
            ), projected AS (
                SELECT dropped.id, vector_matrix_multiply(dropped.vec, w2.v) AS vec FROM dropped, w2
            ), spread AS (
                SELECT edge.dst AS id, SUM(edge.weight * projected.vec) AS vec FROM edge JOIN projected ON edge.src = projected.id GROUP BY edge.dst
            ), z AS (
                SELECT spread.id, spread.vec + b2.v AS vec FROM spread, b2
            ), surprise AS (
                SELECT z.id, tensor_logsumexp(z.vec) - inner_product(class.y, z.vec) AS v
                FROM z JOIN label ON z.id = label.id JOIN class ON label.class = class.id
            )
            SELECT AVG(v) AS loss FROM surprise;
            """;

    static Relation parameter(RawFile file, Shape shape) {
        double[] numbers = new double[shape.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = file == null ? 0 : file.number(i);
        return new Relation(List.of(), shape, new TreeMap<>(Map.of(Key.EMPTY, Tensor.of(shape, numbers))));
    }

    public static void main(String[] args) {
        Path d = Path.of(args[0]);
        boolean drop = args.length > 1 && args[1].equals("drop");
        int epochs = args.length > 2 ? Integer.parseInt(args[2]) : 8;
        int threads = args.length > 3 ? Integer.parseInt(args[3]) : 2;
        int V = (int) (RawFile.of(d.resolve("label.i32")).segment().byteSize() / 4);
        int F = (int) (RawFile.of(d.resolve("feat.f32")).segment().byteSize() / 4 / V);
        int C = (int) (RawFile.of(d.resolve("w2.f32")).segment().byteSize() / 4 / 256);
        int T = V == 169343 ? 90941 : 19662;
        Model model = ModelParser.parse("gcn.sql", MODEL.formatted(F, C, drop ? "CASE WHEN random_like(hidden.vec, 'dropout', hidden.id) < 0.5 THEN 0 ELSE 2 * hidden.vec END" : "hidden.vec"), ShapeSource.none());
        RawFile src = RawFile.of(d.resolve("src.i32")), dst = RawFile.of(d.resolve("dst.i32")), w = RawFile.of(d.resolve("w.f32")), feat = RawFile.of(d.resolve("feat.f32")), label = RawFile.of(d.resolve("label.i32"));
        int n = (int) (src.segment().byteSize() / 4);
        try (EngineRunner runner = new EngineRunner(EngineOptions.standard().threads(threads).memoryBytes(12L << 30))) {
            long t0 = System.nanoTime();
            runner.bindDense("node", "id", 0, V, Shape.of(F), v -> MemorySegment.copy(feat.segment(), 0, v.segment(), 0, feat.segment().byteSize()));
            Map<String, EngineRunner.Keys> keys = new LinkedHashMap<>();
            keys.put("dst", dst::integer);
            keys.put("src", src::integer);
            runner.bindColumns("edge", keys, n, Shape.SCALAR, v -> MemorySegment.copy(w.segment(), 0, v.segment(), 0, w.segment().byteSize()));
            Map<String, EngineRunner.Keys> lk = new LinkedHashMap<>();
            lk.put("id", i -> i);
            lk.put("class", label::integer);
            runner.bindColumns("label", lk, T, Shape.SCALAR, v -> { for (int i = 0; i < T; i++) v.set(i, 0, 1); });
            runner.bindDense("class", "id", 0, C, Shape.of(C), v -> { for (int i = 0; i < C; i++) v.set(i, i, 1); });
            System.out.printf("bound %.2f s%n", (System.nanoTime() - t0) / 1e9);
            Map<String, Relation> start = new LinkedHashMap<>();
            start.put("w1", parameter(RawFile.of(d.resolve("w1.f32")), Shape.of(F, 256)));
            start.put("b1", parameter(null, Shape.of(256)));
            start.put("w2", parameter(RawFile.of(d.resolve("w2.f32")), Shape.of(256, C)));
            start.put("b2", parameter(null, Shape.of(C)));
            TrainingState state = new TrainingState() {
                public Optional<Saved> load() { return Optional.empty(); }
                public void save(Saved saved) {}
                public void clear() {}
            };
            long[] last = {System.nanoTime()};
            Trainer trainer = new Trainer(runner, model, new TrainingOptions(new Optimizer.Adam(0.1), epochs).checkpointEvery(1000), state, new TrainingListener() {
                public void begin(long done, long steps) { System.out.printf("begin %.2f s%n", (System.nanoTime() - last[0]) / 1e9); last[0] = System.nanoTime(); }
                public void step(Standing s) { long now = System.nanoTime(); System.out.printf("step %d loss %.5f %.3f s%n", s.step(), s.loss(), (now - last[0]) / 1e9); last[0] = now; }
                public void epoch(long e, double l) {}
                public void note(String m) { System.out.println(m); }
            });
            trainer.train(() -> start);
            System.out.println("most held " + (runner.memory().most() >> 20) + " MiB");
        }
    }
}
