package org.relata.learn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;

/// Optimisers as algebra, against loops over arrays, for keys that get a gradient at every step, at some, and never.
class OptimizerTest {
    private static final int STEPS = 20;
    private static final int KEYS = 5;
    private static final RelationType TYPE = RelationType.of(Shape.of(2), "id");

    @FunctionalInterface
    private interface Plain {
        /// One step over parameter, gradient and two arrays of state.
        void step(int t, double[] p, double[] g, double[] a, double[] b);
    }

    @Test
    void gradientDescentFollowsTheGradientBackwards() {
        agree(new Optimizer.Sgd(0.1), (t, p, g, a, b) -> {
            for (int i = 0; i < p.length; i++) {
                p[i] -= 0.1 * g[i];
            }
        });
    }

    @Test
    void decayPullsEveryKeyTowardsZero() {
        agree(new Optimizer.Sgd(0.1, 0.3), (t, p, g, a, b) -> {
            for (int i = 0; i < p.length; i++) {
                p[i] -= 0.1 * (g[i] + 0.3 * p[i]);
            }
        });
    }

    @Test
    void momentumRollsOnWithoutGradient() {
        agree(new Optimizer.Momentum(0.05, 0.8, 0.2), (t, p, g, a, b) -> {
            for (int i = 0; i < p.length; i++) {
                a[i] = 0.8 * a[i] + g[i] + 0.2 * p[i];
                p[i] -= 0.05 * a[i];
            }
        });
        agree(new Optimizer.Momentum(0.05), (t, p, g, a, b) -> {
            for (int i = 0; i < p.length; i++) {
                a[i] = 0.9 * a[i] + g[i];
                p[i] -= 0.05 * a[i];
            }
        });
    }

    /// An embedding has many more keys than a step sees: what a step holds must not grow with them.
    @Test
    void adagradHoldsOnlyTheRowsThatHaveAGradient() {
        int keys = 200_000;
        Scan parameter = (Scan) RelExpr.scan("p", TYPE);
        RelExpr gradient = RelExpr.scan("g", TYPE);
        Optimizer adagrad = new Optimizer.Adagrad(0.5);
        try (EngineRunner runner = new EngineRunner(EngineOptions.standard().memoryBytes(1 << 26))) {
            runner.bindDense("p", "id", 0, keys, Shape.of(2), values -> values.set(7, 0, 3));
            runner.bindDense("p#squares", "id", 0, keys, Shape.of(2), _ -> {});
            runner.bind("g", relation("id", 5, 7));
            long before = runner.memory().held();
            Map<String, RelExpr> outputs = new LinkedHashMap<>();
            Update update = adagrad.update(parameter, gradient);
            outputs.put("p", update.parameter());
            outputs.putAll(update.state());
            try (Program program = runner.compile(outputs)) {
                program.run(new Settings(adagrad.numbers(1), 0, 1));
                outputs.keySet().forEach(name -> program.keep(name, name));
                long held = runner.memory().held() - before;
                assertTrue(held < keys * Float.BYTES, held + " bytes");
            }
            assertEquals(2.5, runner.read("p").get(Key.of(7L)).orElseThrow().at(0), 1e-6);
            assertEquals(
                    1, runner.read("p#squares").get(Key.of(5L)).orElseThrow().at(1), 1e-6);
            assertEquals(
                    0, runner.read("p#squares").get(Key.of(6L)).orElseThrow().at(1), 0);
        }
    }

    private static Relation relation(String attribute, long... keys) {
        Relation relation = Relation.empty(List.of(Attribute.integer(attribute)), Shape.of(2));
        for (long key : keys) {
            relation = relation.plus(Key.of(key), Tensor.filled(Shape.of(2), 1));
        }
        return relation;
    }

    @Test
    void adagradShortensTheStepsOfWhatMovedMuch() {
        agree(new Optimizer.Adagrad(0.5), (t, p, g, a, b) -> {
            for (int i = 0; i < p.length; i++) {
                a[i] += g[i] * g[i];
                p[i] -= 0.5 * g[i] / (Math.sqrt(a[i]) + 1e-10);
            }
        });
    }

    @Test
    void adamCountsAMissingGradientAsZero() {
        agree(new Optimizer.Adam(0.01), (t, p, g, a, b) -> adam(0, t, p, g, a, b));
        agree(new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0.1), (t, p, g, a, b) -> adam(0.1, t, p, g, a, b));
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        AlgebraException rate = assertThrows(AlgebraException.class, () -> new Optimizer.Sgd(0));
        assertEquals("learning rate: 0.0 makes no sense there; give a number above 0", rate.getMessage());
        AlgebraException beta = assertThrows(AlgebraException.class, () -> new Optimizer.Adam(0.1, 1, 0.999, 1e-8, 0));
        assertEquals("beta1: 1.0 makes no sense there; give a number from 0 to below 1", beta.getMessage());
        assertThrows(AlgebraException.class, () -> new Optimizer.Adagrad(Double.NaN));
        assertThrows(AlgebraException.class, () -> new Optimizer.Sgd(0.1, -1));
    }

    private static void adam(double decay, int t, double[] p, double[] g, double[] a, double[] b) {
        for (int i = 0; i < p.length; i++) {
            a[i] = 0.9 * a[i] + 0.1 * g[i];
            b[i] = 0.999 * b[i] + 0.001 * g[i] * g[i];
            double first = a[i] / (1 - Math.pow(0.9, t));
            double second = b[i] / (1 - Math.pow(0.999, t));
            p[i] -= 0.01 * (first / (Math.sqrt(second) + 1e-8) + decay * p[i]);
        }
    }

    private static void agree(Optimizer optimizer, Plain plain) {
        Random random = new Random(7);
        double[] values = random.doubles(KEYS * 2, -1, 1).toArray();
        ReferenceRunner runner = new ReferenceRunner();
        runner.bind("w", relation(values, true));
        optimizer
                .kept()
                .forEach(word -> runner.bind(Optimizer.kept("w", word), relation(new double[values.length], true)));
        Scan parameter = (Scan) RelExpr.parameter("w", TYPE);
        Update update = optimizer.update(parameter, RelExpr.scan("gradient", TYPE));
        Map<String, RelExpr> outputs = new LinkedHashMap<>(update.state());
        outputs.put("w", update.parameter());
        double[] first = new double[values.length];
        double[] second = new double[values.length];
        try (Program program = runner.compile(outputs)) {
            for (int step = 1; step <= STEPS; step++) {
                double[] gradient = random.doubles(values.length, -2, 2).toArray();
                // Key 4 never gets one, key 3 at every third step.
                for (int at = step % 3 == 0 ? 8 : 6; at < gradient.length; at++) {
                    gradient[at] = 0;
                }
                runner.bind("gradient", relation(gradient, false));
                program.run(new Settings(optimizer.numbers(step), 0, step));
                outputs.keySet().forEach(name -> program.keep(name, name));
                plain.step(step, values, gradient, first, second);
                Relation now = runner.read("w");
                assertEquals(KEYS, now.size(), "every key stays");
                assertArrayEquals(
                        values,
                        now.tuples().values().stream()
                                .flatMapToDouble(value -> java.util.Arrays.stream(value.toArray()))
                                .toArray(),
                        1e-12,
                        optimizer + " after step " + step);
            }
        }
    }

    /// Two numbers a key; keys of zeros are left out unless all are wanted.
    private static Relation relation(double[] numbers, boolean all) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int key = 0; key < numbers.length / 2; key++) {
            Tensor value = Tensor.vector(numbers[2 * key], numbers[2 * key + 1]);
            if (all || !value.isFilledWith(0)) {
                tuples.put(Key.of(key), value);
            }
        }
        return new Relation(List.of(Attribute.integer("id")), Shape.of(2), tuples);
    }
}
