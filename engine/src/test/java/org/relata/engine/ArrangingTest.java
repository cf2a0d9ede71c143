package org.relata.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Aggregator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.memory.Precision;

/// A factorisation of pairs in no order: what is computed from them once their rows stand otherwise.
class ArrangingTest {
    private static final int PAIRS = 17_000;
    private static final int FACTORS = 1_500;
    private static final Shape WIDTH = Shape.of(200);

    private static Map<String, RelExpr> program() {
        RelExpr pair = RelExpr.scan("pair", RelationType.of(Shape.SCALAR, "id", "one", "other"));
        RelExpr factor = new Scan("factor", RelationType.of(WIDTH, "id"), Scan.Role.PARAMETER);
        RelExpr loss = pair.join(factor)
                .onEqual("one", "id")
                .keep("id", "other")
                .with((value, one) -> Kernels.concat(0, List.of(Kernels.reshape(value, Shape.of(1)), one)))
                .join(factor)
                .onEqual("other", "id")
                .keep("id")
                .with((both, other) -> Kernels.subtract(
                        Kernels.reshape(Kernels.slice(both, 0, 0, 1), Shape.SCALAR),
                        Kernels.sum(Kernels.multiply(Kernels.slice(both, 0, 1, 201), other))))
                .map(rest -> Kernels.multiply(rest, rest))
                .aggregate(Aggregator.MEAN);
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        outputs.put("gradient", Autodiff.gradient(loss, "factor").get("factor"));
        return outputs;
    }

    private record Run(double loss, Relation gradient, String plan) {}

    /// @param again whether pairs are bound once more after it was told what to expect
    private static Run run(boolean expected, Set<String> varying, boolean again) {
        try (EngineRunner runner = new EngineRunner(EngineOptions.standard().precision(Precision.FLOAT64))) {
            SplittableRandom random = new SplittableRandom(3);
            int[] ends = random.ints(2 * PAIRS, 0, FACTORS).toArray();
            Map<String, EngineRunner.Keys> keys = new LinkedHashMap<>();
            keys.put("id", row -> row);
            keys.put("one", row -> ends[2 * row]);
            keys.put("other", row -> ends[2 * row + 1]);
            Runnable binding = () -> runner.bindColumns("pair", keys, PAIRS, Shape.SCALAR, values -> {
                for (int row = 0; row < PAIRS; row++) {
                    values.set(row, 0, ends[row] % 7);
                }
            });
            binding.run();
            runner.bindDense("factor", "id", 0, FACTORS, WIDTH, values -> {
                for (int row = 0; row < FACTORS; row++) {
                    for (int at = 0; at < WIDTH.size(); at++) {
                        values.set(row, at, random.nextDouble() / 10);
                    }
                }
            });
            Relation before = runner.read("pair");
            if (expected) {
                runner.expect(program(), varying);
            }
            if (again) {
                binding.run();
            }
            assertEquals(before, runner.read("pair"));
            try (Program program = runner.compile(program())) {
                program.run(Settings.NONE);
                return new Run(
                        program.output("loss").get(Key.EMPTY).orElseThrow().number(),
                        program.output("gradient"),
                        program.explain());
            }
        }
    }

    @Test
    void theSameIsComputedInFewerPasses() {
        Run plain = run(false, Set.of(), false);
        Run arranged = run(true, Set.of("factor"), false);
        assertEquals(plain.loss, arranged.loss, 1e-9);
        assertEquals(plain.gradient.size(), arranged.gradient.size());
        plain.gradient.tuples().forEach((key, tensor) -> {
            Tensor other = arranged.gradient.get(key).orElseThrow();
            for (int at = 0; at < WIDTH.size(); at++) {
                assertEquals(tensor.at(at), other.at(at), 1e-9);
            }
        });
        assertTrue(passes(arranged.plan) < passes(plain.plan), plain.plan + arranged.plan);
        Run varying = run(true, Set.of("factor", "pair"), false);
        assertEquals(passes(plain.plan), passes(varying.plan), "what is bound anew stays as it is until then");
        Run again = run(true, Set.of("factor", "pair"), true);
        assertEquals(passes(arranged.plan), passes(again.plan), varying.plan + again.plan);
        assertEquals(arranged.loss, again.loss);
    }

    private static long passes(String plan) {
        return plan.lines().filter(line -> line.contains(". 17,000 rows")).count();
    }
}
