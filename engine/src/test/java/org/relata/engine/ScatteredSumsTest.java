package org.relata.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Conformance;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.kernel.Fusing;
import org.relata.engine.memory.Precision;

/// Sums over few groups of rows in no order: one pass gives those of several orders, the same as the reference gives
/// and
/// the same bits for any number of threads.
class ScatteredSumsTest {
    private static final int ROWS = 2_000;

    private final Random random = new Random(11);

    private Tensor tensor(int width) {
        return Tensor.of(
                width == 1 ? Shape.SCALAR : Shape.of(width),
                random.doubles(width, -1, 1).toArray());
    }

    /// Tuples with a number of their own and two attributes that take few values, here and there.
    private Map<String, Relation> data(int width) {
        TreeMap<Key, Tensor> facts = new TreeMap<>();
        for (long id = 0; id < ROWS; id++) {
            facts.put(Key.of(id, (long) random.nextInt(20), (long) random.nextInt(7) - 3), tensor(1));
        }
        TreeMap<Key, Tensor> points = new TreeMap<>();
        for (long id = 0; id < 20; id++) {
            points.put(Key.of(id), tensor(width));
        }
        Attribute one = Attribute.integer("one");
        return Map.of(
                "fact",
                new Relation(List.of(Attribute.integer("id"), one, Attribute.integer("other")), Shape.SCALAR, facts),
                "point",
                new Relation(List.of(one), width == 1 ? Shape.SCALAR : Shape.of(width), points));
    }

    private static Map<String, RelExpr> program(int width) {
        RelExpr fact = RelExpr.scan("fact", RelationType.of(Shape.SCALAR, "id", "one", "other"));
        RelExpr point = RelExpr.scan("point", RelationType.of(width == 1 ? Shape.SCALAR : Shape.of(width), "one"));
        RelExpr weighted = fact.join(point)
                .onEqual("one", "one")
                .keep("id", "one", "other")
                .with((weight, of) ->
                        Kernels.multiply(Kernels.broadcast(Kernels.exp(weight), of.shape()), Kernels.exp(of)));
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("one", weighted.aggregate(Aggregator.SUM, "one"));
        outputs.put("other", weighted.aggregate(Aggregator.SUM, "other"));
        outputs.put("plain", weighted.map(Kernels::exp).aggregate(Aggregator.SUM, "other"));
        outputs.put("all", weighted.aggregate(Aggregator.MEAN));
        return outputs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 21})
    void agreeWithTheReference(int width) {
        Map<String, Relation> data = data(width);
        Map<String, RelExpr> outputs = program(width);
        Reference reference = new Reference(data, Settings.NONE);
        Map<String, Relation> expected = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> expected.put(name, reference.run(expression)));
        for (Precision precision : Precision.values()) {
            for (Fusing fusing : Fusing.values()) {
                EngineOptions options =
                        EngineOptions.standard().precision(precision).fusing(fusing);
                Map<String, Relation> found = run(options.threads(1), data, outputs);
                assertEquals(found, run(options.threads(3), data, outputs));
                double tolerance = precision == Precision.FLOAT64 ? 1e-9 : 1e-4;
                expected.forEach((name, relation) -> assertEquals(
                        Optional.empty(),
                        Conformance.difference(relation, found.get(name), tolerance),
                        name + " in " + precision + ", fusing " + fusing));
            }
        }
    }

    private static Map<String, Relation> run(
            EngineOptions options, Map<String, Relation> data, Map<String, RelExpr> outputs) {
        Map<String, Relation> found = new LinkedHashMap<>();
        try (EngineRunner runner = new EngineRunner(options)) {
            data.forEach(runner::bind);
            try (Program program = runner.compile(outputs)) {
                program.run(Settings.NONE);
                outputs.keySet().forEach(name -> found.put(name, program.output(name)));
            }
        }
        return found;
    }

    @Test
    void takeOnePass() {
        try (EngineRunner runner = new EngineRunner(EngineOptions.standard())) {
            data(3).forEach(runner::bind);
            try (Program program = runner.compile(program(3))) {
                program.run(Settings.NONE);
                String plan = program.explain();
                assertEquals(
                        1,
                        plan.lines()
                                .filter(line -> line.contains(". 2,000 rows"))
                                .count(),
                        plan);
                assertTrue(plan.contains("sum by ⟨other⟩"), plan);
            }
        }
    }
}
