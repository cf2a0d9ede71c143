package org.relata.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Conformance;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Sums over neighbours in a graph whose features are larger than the budget.
final class BeyondMemoryTest {
    private static final int NODES = 4_200;
    private static final int EDGES = 12_600;
    private static final Shape FEATURES = Shape.of(32);
    private static final long FEATURE_BYTES = (long) NODES * 32 * Double.BYTES;
    private static final long SMALL = FEATURE_BYTES * 9 / 10;

    private static final RelExpr NODE = RelExpr.scan("node", RelationType.of(FEATURES, "id"));
    private static final RelExpr EDGE = RelExpr.scan("edge", RelationType.of(Shape.SCALAR, "dst", "src"));
    private static final RelExpr SCALE = new Scan("scale", RelationType.of(FEATURES), Scan.Role.PARAMETER);

    @TempDir
    private Path folder;

    private static RelExpr near(RelExpr values) {
        return EDGE.join(values)
                .onEqual("src", "id")
                .keep("dst", "src")
                .with(Kernels::multiply)
                .sum("dst")
                .rename("dst", "id");
    }

    /// Two sums over neighbours, numbers that are learned between them.
    private static RelExpr twice() {
        return near(near(NODE).join(SCALE).keep("id").with((value, scale) -> Kernels.tanh(times(value, scale))));
    }

    private static Kernel times(Kernel value, Kernel scale) {
        return Kernels.multiply(value, scale);
    }

    private static Map<String, RelExpr> program() {
        RelExpr loss = twice().map(value -> Kernels.inner(value, value)).aggregate(Aggregator.MEAN);
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("twice", twice());
        Autodiff.gradient(loss, "scale").forEach((name, gradient) -> outputs.put("d_" + name, gradient));
        return outputs;
    }

    private EngineRunner runner(long bytes) {
        EngineRunner runner = new EngineRunner(new EngineOptions(Precision.FLOAT64, 2, bytes, folder));
        bind(runner, new ArrayList<>());
        return runner;
    }

    /// @param filled the values of nodes are added to it
    private static void bind(EngineRunner runner, List<Values> filled) {
        runner.bindDense("node", "id", 0, NODES, FEATURES, values -> {
            random(values, 1);
            filled.add(values);
        });
        Map<String, EngineRunner.Keys> ends = new LinkedHashMap<>();
        ends.put("dst", edge -> edge / (EDGES / NODES));
        ends.put("src", edge -> (edge * 7_919L + edge / NODES) % NODES);
        runner.bindColumns("edge", ends, EDGES, Shape.SCALAR, values -> random(values, 2));
        runner.bindDense("weights", "id", 0, 1, FEATURES, values -> random(values, 3));
        try (Program once = runner.compile(Map.of(
                "scale",
                RelExpr.scan("weights", RelationType.of(FEATURES, "id")).sum()))) {
            once.run(Settings.NONE);
            once.keep("scale", "scale");
        }
    }

    private static void random(Values values, long seed) {
        Random random = new Random(seed);
        for (int row = 0; row < values.rows(); row++) {
            for (int element = 0; element < values.width(); element++) {
                values.set(row, element, random.nextDouble() - 0.5);
            }
        }
    }

    private record Run(Map<String, Relation> outputs, String plan) {}

    private Run run(long bytes) {
        try (EngineRunner runner = runner(bytes);
                Program program = runner.compile(program())) {
            program.run(Settings.NONE);
            Map<String, Relation> outputs = new LinkedHashMap<>();
            program().keySet().forEach(name -> outputs.put(name, program.output(name)));
            assertTrue(runner.memory().most() <= bytes, runner.memory().toString());
            return new Run(outputs, program.explain());
        }
    }

    @Test
    void sumsOverMoreThanMemoryHoldsAreThoseOfMemory() throws Exception {
        Run inMemory = run(1L << 30);
        Run beyond = run(SMALL);
        inMemory.outputs.forEach((name, expected) ->
                assertEquals(Optional.empty(), Conformance.difference(expected, beyond.outputs.get(name), 1e-9), name));
        assertFalse(inMemory.plan.contains("where id"), inMemory.plan);
        assertTrue(beyond.plan.contains("where id >= "), beyond.plan);
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void theForecastSaysWhatARunHoldsAndWhereBeforeIt() {
        try (EngineRunner runner = runner(1L << 30);
                Program program = runner.compile(program())) {
            String forecast = program.forecast().orElseThrow();
            assertTrue(forecast.endsWith("of a budget of 1,024 MiB; all of it fits"), forecast);
            assertThrows(AlgebraException.class, () -> program.output("twice"), "nothing was run");
        }
        try (EngineRunner runner = runner(SMALL);
                Program program = runner.compile(program())) {
            String forecast = program.forecast().orElseThrow();
            assertTrue(forecast.endsWith(" of it stand in files"), forecast);
            long before = runner.memory().spilled();
            program.run(Settings.NONE);
            assertEquals(before, runner.memory().spilled());
        }
    }

    @Test
    void aDamagedFileIsNamedBeforeLong() {
        List<Values> filled = new ArrayList<>();
        try (EngineRunner runner = new EngineRunner(new EngineOptions(Precision.FLOAT64, 2, SMALL, folder))) {
            bind(runner, filled);
            Values values = filled.getFirst();
            assertTrue(values.segment().isMapped());
            try (Program program = runner.compile(Map.of("near", near(NODE)))) {
                for (int run = 0; run < 16; run++) {
                    program.run(Settings.NONE);
                }
                byte one = 1;
                values.segment().asByteBuffer().put((int) (FEATURE_BYTES / 2), one);
                AlgebraException damaged = assertThrows(AlgebraException.class, () -> {
                    for (int run = 0; run < 16; run++) {
                        program.run(Settings.NONE);
                    }
                });
                assertEquals("memory.damaged", damaged.code());
                assertTrue(damaged.getMessage().contains("values of relation node"), damaged.getMessage());
            }
        }
    }

    /// What is shared is computed again where only what reads it is due.
    @Test
    void resultsThatMakeRoomForOthersAreThereWhenTheyAreNeeded() {
        RelExpr first = near(NODE.join(SCALE).keep("id").with(BeyondMemoryTest::times));
        RelExpr second = near(first);
        RelExpr third = near(second);
        RelExpr rated = third.map(value -> Kernels.multiply(value, Kernels.hyper("rate")));
        try (EngineRunner runner = runner(1L << 30);
                Program program = runner.compile(Map.of("all", near(rated)));
                Program alone = runner.compile(Map.of("all", near(rated)))) {
            program.run(new Settings(Map.of("rate", 1.0), 0, 0));
            program.run(new Settings(Map.of("rate", 2.0), 0, 0));
            alone.run(new Settings(Map.of("rate", 2.0), 0, 0));
            assertEquals(alone.output("all"), program.output("all"));
        }
    }
}
