package org.relata.engine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Conformance;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.memory.Precision;

/// Steps of training whose changes are added while they are computed: parameters become what they become when changes
/// are computed first and kept then, and what the reference makes of them.
class ChangesInPlaceTest {
    private static final Shape WIDTH = Shape.of(9);
    private static final int PAIRS = 700;
    private static final int POINTS = 120;

    private final Random random = new Random(2);

    private Tensor tensor(Shape shape) {
        return Tensor.of(shape, random.doubles(shape.size(), -1, 1).toArray());
    }

    private Map<String, Relation> data() {
        TreeMap<Key, Tensor> pairs = new TreeMap<>();
        for (long id = 0; id < PAIRS; id++) {
            pairs.put(Key.of(id, (long) random.nextInt(30), (long) random.nextInt(POINTS)), tensor(Shape.SCALAR));
        }
        Attribute id = Attribute.integer("id");
        return Map.of(
                "pair",
                new Relation(List.of(id, Attribute.integer("one"), Attribute.integer("other")), Shape.SCALAR, pairs),
                "centre",
                new Relation(List.of(id), WIDTH, points(30)),
                "point",
                new Relation(List.of(id), WIDTH, points(POINTS)));
    }

    private TreeMap<Key, Tensor> points(int count) {
        TreeMap<Key, Tensor> points = new TreeMap<>();
        for (long id = 0; id < count; id++) {
            points.put(Key.of(id), tensor(WIDTH));
        }
        return points;
    }

    /// The mean of squared distances of pairs, times their weight.
    private static RelExpr loss(RelExpr near, RelExpr far) {
        return RelExpr.scan("pair", RelationType.of(Shape.SCALAR, "id", "one", "other"))
                .join(near)
                .onEqual("one", "id")
                .keep("id", "other")
                .with((weight, one) ->
                        Kernels.concat(0, List.of(Kernels.reshape(Kernels.exp(weight), Shape.of(1)), one)))
                .join(far)
                .onEqual("other", "id")
                .keep("id")
                .with((both, other) -> {
                    var apart = Kernels.subtract(Kernels.slice(both, 0, 1, 1 + WIDTH.size()), other);
                    return Kernels.multiply(
                            Kernels.reshape(Kernels.slice(both, 0, 0, 1), Shape.SCALAR),
                            Kernels.sum(Kernels.multiply(apart, apart)));
                })
                .aggregate(Aggregator.MEAN);
    }

    private static Scan parameter(String name) {
        return new Scan(name, RelationType.of(WIDTH, "id"), Scan.Role.PARAMETER);
    }

    /// The loss, and each parameter a step further down.
    private static Map<String, RelExpr> step(RelExpr loss, String... parameters) {
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        Map<String, RelExpr> gradients = Autodiff.gradient(loss, Rewrites.all(), parameters);
        gradients.forEach((name, gradient) -> outputs.put(
                name,
                parameter(name)
                        .add(gradient.map(slope -> Kernels.multiply(
                                Kernels.broadcast(Kernels.hyper("rate"), WIDTH), Kernels.negate(slope))))));
        outputs.put("loss", loss);
        return outputs;
    }

    private record Run(Map<String, Relation> parameters, double loss, String plan) {}

    private static Run run(Runner runner, Map<String, Relation> data, Map<String, RelExpr> outputs, boolean atOnce) {
        Map<String, String> kept = new LinkedHashMap<>();
        outputs.keySet().stream().filter(name -> !name.equals("loss")).forEach(name -> kept.put(name, name));
        try (runner) {
            data.forEach(runner::bind);
            try (Program program = runner.compile(outputs)) {
                for (int step = 0; step < 3; step++) {
                    Settings settings = new Settings(Map.of("rate", 0.05 / (1 + step)), 1, step);
                    if (atOnce) {
                        program.run(settings, kept);
                    } else {
                        program.run(settings);
                        kept.forEach(program::keep);
                    }
                }
                Map<String, Relation> parameters = new LinkedHashMap<>();
                kept.keySet().forEach(name -> parameters.put(name, runner.read(name)));
                double loss =
                        program.output("loss").get(Key.EMPTY).orElseThrow().number();
                return new Run(parameters, loss, program.explain());
            }
        }
    }

    private static EngineRunner engine(int threads) {
        return new EngineRunner(
                EngineOptions.standard().precision(Precision.FLOAT64).threads(threads));
    }

    /// Runs steps in all ways, and tells the plan of the one at once.
    private String agree(Map<String, RelExpr> outputs) {
        return agree(outputs, data());
    }

    private String agree(Map<String, RelExpr> outputs, Map<String, Relation> data) {
        Run reference = run(new ReferenceRunner(), data, outputs, true);
        Run apart = run(engine(2), data, outputs, false);
        Run atOnce = run(engine(1), data, outputs, true);
        Run threads = run(engine(3), data, outputs, true);
        assertEquals(atOnce.parameters, threads.parameters);
        assertEquals(atOnce.loss, threads.loss);
        for (Run each : List.of(apart, atOnce)) {
            assertEquals(reference.loss, each.loss, 1e-9);
            reference.parameters.forEach((name, relation) -> assertEquals(
                    Optional.empty(), Conformance.difference(relation, each.parameters.get(name), 1e-9), name));
        }
        assertFalse(apart.plan.contains("added where"), apart.plan);
        return atOnce.plan;
    }

    @Test
    void ofTwoRelations() {
        Map<String, RelExpr> outputs = step(loss(parameter("centre"), parameter("point")), "centre", "point");
        assertTrue(agree(outputs).contains("added where"), "the last to be read can change at once");
    }

    @Test
    void whereRowsReadOthersOfTheSameRelation() {
        agree(step(loss(parameter("point"), parameter("point")), "point"));
    }

    @Test
    void ofWhatIsReadAfterwardsToo() {
        Map<String, RelExpr> outputs = step(loss(parameter("centre"), parameter("point")), "point");
        outputs.put("sum", parameter("point").aggregate(Aggregator.SUM));
        Map<String, RelExpr> shifted = new LinkedHashMap<>(outputs);
        shifted.remove("sum");
        assertTrue(agree(shifted).contains("added where"));
        Map<String, Relation> data = data();
        try (EngineRunner runner = engine(2);
                ReferenceRunner reference = new ReferenceRunner()) {
            for (Runner each : List.of(runner, reference)) {
                data.forEach(each::bind);
            }
            try (Program program = runner.compile(outputs);
                    Program expected = reference.compile(outputs)) {
                Settings settings = new Settings(Map.of("rate", 0.1), 1, 1);
                program.run(settings, Map.of("point", "point"));
                expected.run(settings, Map.of("point", "point"));
                assertEquals(
                        Optional.empty(), Conformance.difference(expected.output("sum"), program.output("sum"), 1e-9));
            }
        }
    }

    /// Sums by either side that one region has, and that read nothing of the parameter: only one is added there, since
    /// threads would meet in its rows.
    @Test
    void ofTwoSumsOfOneRegion() {
        RelExpr pair = RelExpr.scan("pair", RelationType.of(WIDTH, "id", "one", "other"));
        RelExpr point = parameter("point");
        RelExpr loss = pair.join(point)
                .onEqual("one", "id")
                .keep("id", "one", "other")
                .with((slope, at) -> Kernels.sum(Kernels.multiply(Kernels.exp(slope), at)))
                .aggregate(Aggregator.SUM)
                .add(pair.join(point)
                        .onEqual("other", "id")
                        .keep("id", "one", "other")
                        .with((slope, at) -> Kernels.sum(Kernels.multiply(Kernels.exp(slope), at)))
                        .aggregate(Aggregator.SUM));
        TreeMap<Key, Tensor> pairs = new TreeMap<>();
        for (long id = 0; id < PAIRS; id++) {
            pairs.put(Key.of(id, id / 7, id / 7 + 1), tensor(WIDTH));
        }
        Map<String, Relation> data = new LinkedHashMap<>(data());
        data.put("pair", new Relation(requireNonNull(data.get("pair")).attributes(), WIDTH, pairs));
        String plan = agree(step(loss, "point"), data);
        assertTrue(plan.lines().filter(line -> line.contains("added where")).count() <= 1, plan);
    }
}
