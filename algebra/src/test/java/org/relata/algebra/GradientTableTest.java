package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Every kernel × every place it can stand × every aggregator, first and second order, against differences.
final class GradientTableTest {
    @Test
    void kernelsOfOneValueInASelection() {
        KernelTable.ONES.forEach((name, row) -> check(name, x("x", row).map(row.kernel()), data(row)));
    }

    @Test
    void kernelsOfOneValueUnderEachAggregator() {
        KernelTable.ONES.forEach((name, row) -> {
            for (Aggregator aggregator : List.of(Aggregator.SUM, Aggregator.MEAN, Aggregator.LOGSUMEXP)) {
                check(
                        name + " under " + aggregator,
                        x("x", row).map(row.kernel()).aggregate(aggregator, "i"),
                        data(row));
            }
        });
    }

    @Test
    void everyAggregatorOverEveryShapeAndGrouping() {
        for (Aggregator aggregator : Aggregator.values()) {
            for (Shape shape : List.of(Shape.SCALAR, Shape.of(3), Shape.of(2, 3))) {
                KernelTable.One row = new KernelTable.One(x -> x, shape, -2, 2);
                for (String[] by : new String[][] {{}, {"i"}, {"j"}, {"i", "j"}}) {
                    RelExpr grouped = x("x", row).aggregate(aggregator, by);
                    String name = aggregator + " of " + shape + " by " + List.of(by);
                    check(name, grouped, data(row));
                    check(name + ", squared", grouped.map(value -> Kernels.multiply(value, value)), data(row));
                }
            }
        }
    }

    @Test
    void kernelsOfTwoValuesInJoins() {
        KernelTable.TWOS.forEach((name, row) -> {
            RelExpr left = RelExpr.scan("x", RelationType.of(row.left(), "i", "j"));
            RelExpr many = RelExpr.scan("y", RelationType.of(row.right(), "j", "k"));
            RelExpr one = RelExpr.scan("z", RelationType.of(row.right(), "j"));
            RelExpr single = RelExpr.scan("w", RelationType.of(row.right()));
            Map<String, Relation> data = new HashMap<>();
            Random random = new Random(name.hashCode());
            for (RelExpr each : List.of(left, many, one, single)) {
                String relation = ((Scan) each).relation();
                double left0 = relation.equals("w") ? 0 : 0.3;
                Relation drawn = GradientCheck.random(each.type(), 2, left0, random, row.from(), row.to());
                data.put(relation, apart(drawn, relation.equals("x") ? 0 : 0.05));
            }
            check(name + ", n–m", left.join(many).on("j").with(row.kernel()), data);
            check(
                    name + ", n–m under a sum",
                    left.join(many).on("j").with(row.kernel()).sum("i", "k"),
                    data);
            check(name + ", n–1", left.join(one).on("j").with(row.kernel()), data);
            check(name + ", with ⟨⟩", left.join(single).with(row.kernel()).mean("i"), data);
            check(
                    name + ", 1–1 with an order",
                    left.join(one)
                            .where(KeyPredicate.compare(KeyTerm.left("i"), Comparison.LESS, KeyTerm.right("j")))
                            .project(KeyProjection.keep("i", "j").and("k", KeyTerm.right("j")))
                            .with(row.kernel()),
                    data);
        });
    }

    /// The numbers rounded to tenths, and moved: those of two sides never come near each other, where a maximum has its
    /// kink.
    private static Relation apart(Relation relation, double by) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        relation.tuples()
                .forEach((key, value) -> tuples.put(key, value.map(number -> Math.rint(number * 10) / 10 + by)));
        return new Relation(relation.attributes(), relation.shape(), tuples);
    }

    @Test
    void theTableHasEveryPrimitive() {
        Set<Object> seen = new HashSet<>();
        KernelTable.ONES.values().forEach(row -> collect(row.kernel().apply(new Argument(0, row.shape())), seen));
        KernelTable.TWOS
                .values()
                .forEach(row ->
                        collect(row.kernel().apply(new Argument(0, row.left()), new Argument(1, row.right())), seen));
        for (Object[] all : List.of(Unary.Operation.values(), Binary.Operation.values(), Reduce.Operation.values())) {
            for (Object each : all) {
                assertTrue(seen.contains(each), each + " has no row in the table");
            }
        }
        for (Class<?> each : Linear.class.getPermittedSubclasses()) {
            assertTrue(seen.contains(each), each + " has no row in the table");
        }
    }

    private static void collect(Kernel kernel, Set<Object> seen) {
        seen.add(kernel.getClass());
        switch (kernel) {
            case Unary unary -> seen.add(unary.operation());
            case Binary binary -> seen.add(binary.operation());
            case Reduce reduce -> seen.add(reduce.operation());
            default -> {}
        }
        kernel.inputs().forEach(input -> collect(input, seen));
    }

    private static RelExpr x(String name, KernelTable.One row) {
        return RelExpr.scan(name, RelationType.of(row.shape(), "i", "j"));
    }

    private static Map<String, Relation> data(KernelTable.One row) {
        RelationType type = RelationType.of(row.shape(), "i", "j");
        return Map.of("x", GradientCheck.random(type, 3, 0.2, new Random(3), row.from(), row.to()));
    }

    private static void check(String name, RelExpr output, Map<String, Relation> data) {
        String[] wrt = Sharing.sorted(output).stream()
                .filter(each -> each instanceof Scan)
                .map(each -> ((Scan) each).relation())
                .toArray(String[]::new);
        GradientCheck.Outcome outcome = GradientCheck.bothOrders(output, data, new Random(5), wrt);
        assertEquals(Optional.empty(), outcome.fault(), name);
        assertTrue(outcome.compared() > 0 && outcome.kinks() <= outcome.compared(), name + ": " + outcome);
    }
}
