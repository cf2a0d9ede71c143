package org.relata.algebra.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.GradientCheck;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Sharing;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Least squares over a star join: rows have keys of three tables whose features predict.
final class StarJoinTest {
    private static final int ROWS = 300;
    private static final int FEATURES = 8;
    private static final int[] SIZES = {5, 7, 9};

    @Test
    void leastSquaresOverAFlatJoinCostsWhatTheTablesCost() {
        Map<String, Relation> data = data(new Random(5));
        RelExpr loss = loss();
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        outputs.putAll(Autodiff.gradient(loss, "theta0", "theta1", "theta2"));
        Rewritten rewritten = Rewrites.all().apply(outputs);

        Reference before = new Reference(data, Settings.NONE);
        Reference after = new Reference(data, Settings.NONE);
        outputs.forEach((name, output) -> {
            Relation expected = before.run(output);
            Relation actual = after.run(rewritten.outputs().get(name));
            assertEquals(expected.tuples().keySet(), actual.tuples().keySet(), name);
            expected.tuples()
                    .forEach((key, value) -> assertEquals(
                            value.number(), actual.get(key).orElseThrow().number(), 1e-9 * Math.abs(value.number())));
        });
        assertTrue(largest(outputs, before) >= ROWS * FEATURES, "the flat join is made");
        assertEquals(ROWS, largest(rewritten.outputs(), after), () -> RelExpr.explain(rewritten.outputs()));
    }

    /// For each table, its features joined to the rows and weighed.
    private static RelExpr loss() {
        RelationType rows = RelationType.of(Shape.SCALAR, "row", "key0", "key1", "key2")
                .unique("row")
                .size(ROWS);
        for (int table = 0; table < SIZES.length; table++) {
            rows = rows.range("key" + table, 0, SIZES[table]);
        }
        RelExpr fact = RelExpr.scan("fact", rows.range("row", 0, ROWS));
        RelExpr rest = fact;
        for (int table = 0; table < SIZES.length; table++) {
            RelExpr features = RelExpr.scan(
                    "table" + table,
                    RelationType.of(Shape.SCALAR, "key" + table, "feature")
                            .range("key" + table, 0, SIZES[table])
                            .range("feature", 0, FEATURES)
                            .complete());
            RelExpr theta = RelExpr.parameter(
                    "theta" + table,
                    RelationType.of(Shape.SCALAR, "feature").range("feature", 0, FEATURES).complete());
            RelExpr predicted = fact.join(features)
                    .on("key" + table)
                    .keep("row", "feature")
                    .with((_, value) -> value)
                    .join(theta)
                    .on("feature")
                    .with(Kernels::multiply)
                    .sum("row");
            rest = rest.join(predicted).on("row").with(Kernels::subtract);
        }
        return rest.map(value -> Kernels.multiply(value, value)).sum();
    }

    private static Map<String, Relation> data(Random random) {
        Map<String, Relation> data = new LinkedHashMap<>();
        Relation fact = Relation.empty(
                RelationType.of(Shape.SCALAR, "row", "key0", "key1", "key2").key(), Shape.SCALAR);
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int row = 0; row < ROWS; row++) {
            tuples.put(
                    Key.of(row, random.nextInt(SIZES[0]), random.nextInt(SIZES[1]), random.nextInt(SIZES[2])),
                    Tensor.scalar(random.nextGaussian()));
        }
        data.put("fact", new Relation(fact.attributes(), Shape.SCALAR, tuples));
        for (int table = 0; table < SIZES.length; table++) {
            Relation features = GradientCheck.random(
                    RelationType.of(Shape.SCALAR, "key" + table, "feature"), 9, 0, random, -1, 1);
            TreeMap<Key, Tensor> kept = new TreeMap<>(features.tuples());
            int size = SIZES[table];
            kept.keySet().removeIf(key -> (Long) key.value(0) >= size || (Long) key.value(1) >= FEATURES);
            data.put("table" + table, new Relation(features.attributes(), Shape.SCALAR, kept));
            data.put(
                    "theta" + table,
                    GradientCheck.random(RelationType.of(Shape.SCALAR, "feature"), FEATURES, 0, random, -1, 1));
        }
        return data;
    }

    private static int largest(Map<String, RelExpr> outputs, Reference run) {
        int largest = 0;
        for (RelExpr each : Sharing.sorted(outputs.values().toArray(RelExpr[]::new))) {
            largest = Math.max(largest, run.run(each).size());
        }
        return largest;
    }
}
