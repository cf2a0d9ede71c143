package org.relata.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Conformance;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.kernel.Fusing;
import org.relata.engine.kernel.loop.Loops;
import org.relata.engine.memory.Precision;

/// A graph convolution of some thousand edges, on which every path of the engine is taken: gathers, sparse and dense
/// products, sums over all rows, random numbers.
final class EngineRunnerTest {
    private static final int NODES = 700;
    private static final int EDGES = 9_000;
    private static final Shape FEATURES = Shape.of(12);
    private static final Shape WEIGHTS = Shape.of(20, 12);

    @TempDir
    private Path folder;

    private static final RelExpr NODE = RelExpr.scan("node", RelationType.of(FEATURES, "id"));
    private static final RelExpr EDGE = RelExpr.scan("edge", RelationType.of(Shape.SCALAR, "src", "dst"));
    private static final RelExpr W = new Scan("w", RelationType.of(WEIGHTS), Scan.Role.PARAMETER);

    /// Σ over nodes of tanh(W · Σ over neighbours), half of the hidden numbers dropped by chance.
    private static RelExpr loss() {
        RelExpr near = EDGE.join(NODE)
                .onEqual("dst", "id")
                .keep("src", "dst")
                .with(Kernels::multiply)
                .sum("src");
        RelExpr hidden = near.join(W)
                .keep("src")
                .with((value, w) -> Kernels.multiply(
                        Kernels.relu(Kernels.matvec(w, value)),
                        Kernels.random("dropout", Shape.of(20), KeyTerm.left("src"))));
        return hidden.map(value -> Kernels.sum(Kernels.tanh(value))).aggregate(Aggregator.MEAN);
    }

    private static Map<String, RelExpr> program() {
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss());
        Autodiff.gradient(loss(), "w", "node").forEach((name, gradient) -> outputs.put("d_" + name, gradient));
        return outputs;
    }

    private static Map<String, Relation> data() {
        Random random = new Random(1);
        Relation node = Relation.empty(List.of(Attribute.integer("id")), FEATURES);
        Map<Key, Tensor> nodes = new LinkedHashMap<>();
        for (int id = 0; id < NODES; id++) {
            nodes.put(Key.of(id), random(FEATURES, random));
        }
        Map<Key, Tensor> edges = new LinkedHashMap<>();
        while (edges.size() < EDGES) {
            // Some nodes have most of the edges.
            int src = (int) (NODES * Math.pow(random.nextDouble(), 3));
            edges.put(Key.of(src, random.nextInt(NODES)), Tensor.scalar(random.nextDouble()));
        }
        return Map.of(
                "node", filled(node, nodes),
                "edge",
                        filled(
                                Relation.empty(
                                        List.of(Attribute.integer("src"), Attribute.integer("dst")), Shape.SCALAR),
                                edges),
                "w", Relation.empty(List.of(), WEIGHTS).plus(Key.EMPTY, random(WEIGHTS, random)));
    }

    private static Relation filled(Relation empty, Map<Key, Tensor> tuples) {
        return new Relation(empty.attributes(), empty.shape(), new TreeMap<>(tuples));
    }

    private static Tensor random(Shape shape, Random random) {
        return Tensor.of(shape, random.doubles(shape.size(), -0.3, 0.3).toArray());
    }

    private Map<String, Relation> run(EngineOptions options, Settings settings) {
        Map<String, Relation> results = new LinkedHashMap<>();
        try (EngineRunner runner = new EngineRunner(options)) {
            data().forEach(runner::bind);
            try (Program program = runner.compile(program())) {
                program.run(settings);
                program().keySet().forEach(name -> results.put(name, program.output(name)));
            }
        }
        return results;
    }

    private EngineOptions options(Precision precision, int threads, long bytes) {
        return new EngineOptions(precision, threads, bytes, folder);
    }

    @Test
    void aGraphConvolutionAndItsGradientAreThoseOfTheReference() {
        Settings settings = new Settings(Map.of(), 7, 3);
        Reference reference = new Reference(data(), settings);
        Map<String, Relation> exact = run(options(Precision.FLOAT64, 2, 1L << 30), settings);
        Map<String, Relation> coarse = run(options(Precision.FLOAT32, 2, 1L << 30), settings);
        program().forEach((name, expression) -> {
            Relation expected = reference.run(expression);
            assertEquals(Optional.empty(), Conformance.difference(expected, exact.get(name), 1e-9), name);
            assertEquals(Optional.empty(), Conformance.difference(expected, coarse.get(name), 1e-4), name);
        });
    }

    @Test
    void resultsAreTheSameToTheLastBitForAnyNumberOfThreadsAndAnyBudget() {
        for (Precision precision : Precision.values()) {
            for (Fusing fusing : List.of(Fusing.NONE, Fusing.ALL)) {
                EngineOptions options = options(precision, 1, 1L << 30).fusing(fusing);
                Map<String, Relation> one = run(options, Settings.NONE);
                assertEquals(one, run(options.threads(2), Settings.NONE));
                assertEquals(one, run(options.threads(7), Settings.NONE));
                assertEquals(one, run(options.threads(3).memoryBytes(100_000), Settings.NONE));
            }
        }
    }

    @Test
    void stepsHoldNoMoreAndMoreMemoryAndNothingIsLeftOnDisk() throws Exception {
        RelExpr step = W.join(Autodiff.gradient(loss(), "w").get("w"))
                .with((w, gradient) -> Kernels.subtract(w, Kernels.multiply(Kernels.constant(0.1), gradient)));
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT32, 2, 200_000))) {
            data().forEach(runner::bind);
            try (Program program = runner.compile(Map.of("w", step, "loss", loss()))) {
                IntToLongFunction held = steps -> {
                    for (int each = 0; each < steps; each++) {
                        program.run(new Settings(Map.of(), 0, each));
                        program.keep("w", "w");
                    }
                    return runner.memory().held() + runner.memory().spilled();
                };
                long first = held.applyAsLong(3);
                assertEquals(first, held.applyAsLong(1_000));
                assertTrue(runner.memory().spilled() > 0, "the budget is too small for all of it");
                assertTrue(runner.memory().most() <= 200_000);
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void whatOnlyDependsOnUnchangedRelationsIsComputedOnce() {
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30))) {
            data().forEach(runner::bind);
            RelExpr sum = NODE.aggregate(Aggregator.SUM);
            try (Program program = runner.compile(Map.of("sum", sum))) {
                program.run(Settings.NONE);
                assertTrue(program.explain().contains("kept while [node] stay"), program.explain());
                Relation before = program.output("sum");
                runner.bind("node", data().get("node"));
                program.run(Settings.NONE);
                assertEquals(before, program.output("sum"));
                runner.restrict("node", "id", 0, 10);
                program.run(Settings.NONE);
                assertEquals(
                        Optional.empty(),
                        Conformance.difference(
                                Reference.run(sum, Map.of("node", firstTen())), program.output("sum"), 1e-12));
            }
        }
    }

    @Test
    void aParameterIsChangedWhereItStandsAndInNoOtherWay() {
        RelExpr loss = NODE.join(EDGE)
                .onEqual("id", "dst")
                .with((value, weight) -> Kernels.multiply(Kernels.sum(Kernels.multiply(value, value)), weight))
                .aggregate(Aggregator.SUM);
        RelExpr changed = NODE.add(Autodiff.gradient(loss, "node")
                .get("node")
                .map(value -> Kernels.negate(Kernels.multiply(Kernels.hyper("rate"), value))));
        Settings settings = new Settings(Map.of("rate", 0.25), 0, 0);
        Relation expected = new Reference(data(), settings).run(changed);
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 2, 1L << 30))) {
            data().forEach(runner::bind);
            try (Program program = runner.compile(Map.of("node", changed))) {
                program.run(settings);
                assertEquals(Optional.empty(), Conformance.difference(expected, program.output("node"), 1e-9));
                assertEquals(data().get("node"), runner.read("node"));
                program.keep("node", "other");
                assertEquals(Optional.empty(), Conformance.difference(expected, runner.read("other"), 1e-9));
                assertEquals(data().get("node"), runner.read("node"));
                program.run(settings);
                program.keep("node", "node");
                assertEquals(Optional.empty(), Conformance.difference(expected, runner.read("node"), 1e-9));
            }
        }
    }

    @Test
    void oneChangeLeavesOtherOutputsAsTheyWereComputed() {
        RelExpr twice = NODE.add(NODE.map(value -> Kernels.add(value, value)));
        RelExpr half = NODE.add(NODE.map(value -> Kernels.multiply(value, Kernels.constant(-0.5))));
        Relation expected = Reference.run(half, data());
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30))) {
            data().forEach(runner::bind);
            try (Program program = runner.compile(Map.of("twice", twice, "half", half))) {
                program.run(Settings.NONE);
                program.keep("twice", "node");
                assertEquals(expected, program.output("half"));
                program.keep("half", "node");
                assertEquals(expected, runner.read("node"));
                program.run(Settings.NONE);
                runner.bind("node", data().get("node"));
                AlgebraException gone = assertThrows(AlgebraException.class, () -> program.output("half"));
                assertEquals("output.missing", gone.code());
                // Other keys, perhaps in the memory of those that the program was planned for.
                runner.bind("node", firstTen());
                program.run(Settings.NONE);
                assertEquals(10, program.output("half").size());
            }
        }
    }

    @Test
    void whatNeitherMemoryNorDiskHoldsIsRefusedBeforeAnyOfIt() {
        int size = 40_000;
        RelExpr wide = RelExpr.scan("wide", RelationType.of(Shape.of(size)));
        RelExpr terabytes = NODE.join(wide).keep("id").with((_, w) -> Kernels.outer(w, w));
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30))) {
            runner.bind("node", data().get("node"));
            runner.bind(
                    "wide", Relation.empty(List.of(), Shape.of(size)).plus(Key.of(), Tensor.filled(Shape.of(size), 1)));
            try (Program program = runner.compile(Map.of("huge", terabytes))) {
                AlgebraException refused = assertThrows(AlgebraException.class, () -> program.run(Settings.NONE));
                assertEquals("memory.room", refused.code());
                String said = refused.getMessage();
                assertTrue(said.contains("the values of huge: 8,544,922 MiB are needed"), said);
                assertEquals(0, runner.memory().spilled());
            }
        }
    }

    @Test
    void aPlanSaysWhatItHasToDo() {
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30))) {
            data().forEach(runner::bind);
            RelExpr near = EDGE.join(NODE)
                    .onEqual("dst", "id")
                    .keep("src", "dst")
                    .with(Kernels::multiply)
                    .sum("src");
            try (Program program = runner.compile(Map.of("near", near))) {
                program.run(Settings.NONE);
                String plan = program.explain();
                // A weight times twelve numbers for each edge, and as many additions.
                String counted = String.format(Locale.ROOT, "%.1f million operations", EDGES * 24 / 1e6);
                assertTrue(plan.contains(counted), plan);
                assertTrue(plan.contains("of a budget of 1,024 MiB; 0 MiB in files"), plan);
                // What was reached is told beside what the machine reaches.
                assertTrue(plan.matches("(?s).*reaches [0-9.]+ GFLOP/s .* and copies memory at [0-9.]+ GB/s.*"), plan);
            }
        }
    }

    @Test
    void aPlanSaysWhichRegionsHaveLoopsWritten() {
        RelExpr changed = NODE.map(value -> Kernels.exp(Kernels.negate(value)));
        for (Fusing fusing : Fusing.values()) {
            EngineOptions options = options(Precision.FLOAT32, 1, 1L << 30).fusing(fusing);
            try (EngineRunner runner = new EngineRunner(options)) {
                data().forEach(runner::bind);
                try (Program program = runner.compile(Map.of("changed", changed))) {
                    program.run(Settings.NONE);
                    // Few rows are no large region.
                    assertEquals(
                            fusing == Fusing.ALL && Loops.available(),
                            program.explain().contains("one loop written"));
                }
            }
        }
    }

    @Test
    void aSumMayHaveKeysThatTheParameterLacks() {
        RelExpr extra = RelExpr.scan("extra", RelationType.of(FEATURES, "id"));
        RelExpr sum = NODE.add(extra);
        Map<String, Relation> data = new LinkedHashMap<>(data());
        Tensor ones = Tensor.filled(FEATURES, 1);
        data.put(
                "extra",
                Relation.empty(NODE.type().key(), FEATURES)
                        .plus(Key.of(3), ones)
                        .plus(Key.of(NODES + 5), ones));
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30))) {
            data.forEach(runner::bind);
            try (Program program = runner.compile(Map.of("node", sum))) {
                program.run(Settings.NONE);
                program.keep("node", "node");
                assertEquals(
                        Optional.empty(), Conformance.difference(Reference.run(sum, data), runner.read("node"), 1e-12));
                program.run(Settings.NONE);
                program.keep("node", "node");
                assertEquals(
                        3.0,
                        runner.read("node").get(Key.of(NODES + 5)).orElseThrow().at(0) + 1);
            }
        }
    }

    private static Relation firstTen() {
        Relation node = data().get("node");
        return new Relation(node.attributes(), node.shape(), node.tuples().headMap(Key.of(10), false));
    }

    @Test
    void relationsThatAreGivenInBulkAreThoseThatAreGivenTupleByTuple() {
        Map<String, Relation> data = data();
        List<Key> edges = List.copyOf(data.get("edge").tuples().keySet());
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30))) {
            runner.bindDense("node", "id", 0, NODES, FEATURES, values -> {
                for (int row = 0; row < NODES; row++) {
                    Tensor tensor = data.get("node").get(Key.of(row)).orElseThrow();
                    for (int element = 0; element < FEATURES.size(); element++) {
                        values.set(row, element, tensor.at(element));
                    }
                }
            });
            Map<String, EngineRunner.Keys> keys = new LinkedHashMap<>();
            keys.put("src", row -> (Long) edges.get(row).value(0));
            keys.put("dst", row -> (Long) edges.get(row).value(1));
            runner.bindColumns("edge", keys, EDGES, Shape.SCALAR, values -> {
                for (int row = 0; row < EDGES; row++) {
                    values.set(
                            row,
                            0,
                            data.get("edge").get(edges.get(row)).orElseThrow().number());
                }
            });
            assertEquals(data.get("node"), runner.read("node"));
            assertEquals(data.get("edge"), runner.read("edge"));
            runner.bind("w", data.get("w"));
            try (Program program = runner.compile(program())) {
                program.run(Settings.NONE);
                Map<String, Relation> expected = run(options(Precision.FLOAT64, 1, 1L << 30), Settings.NONE);
                expected.forEach((name, relation) -> assertEquals(relation, program.output(name), name));
            }
        }
    }

    @Test
    void theOnlyTupleIsAbsentWhereTheRowThatReadsItIs() {
        Map<String, Relation> data = data();
        RelExpr all = NODE.map(Kernels::tanh);
        RelExpr few = all.where(KeyPredicate.compare(KeyTerm.left("id"), Comparison.LESS, KeyTerm.literal(9)))
                .join(NODE.sum())
                .keep("id")
                .with((_, sum) -> sum);
        RelExpr both = all.add(few);
        Relation expected = new Reference(data, Settings.NONE).run(both);
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30));
                Program program = runner.compile(Map.of("both", both))) {
            data.forEach(runner::bind);
            program.run(Settings.NONE);
            assertEquals(Optional.empty(), Conformance.difference(expected, program.output("both"), 1e-9));
        }
    }

    @Test
    void badInputIsNamed() {
        try (EngineRunner runner = new EngineRunner(options(Precision.FLOAT64, 1, 1L << 30))) {
            try (Program program = runner.compile(Map.of("x", NODE))) {
                AlgebraException missing = assertThrows(AlgebraException.class, () -> program.run(Settings.NONE));
                assertEquals("relation node: it was not given; bind it", missing.getMessage());
                runner.bind("node", Relation.scalar(1));
                AlgebraException wrong = assertThrows(AlgebraException.class, () -> program.run(Settings.NONE));
                assertEquals("relation.type", wrong.code());
            }
        }
    }
}
