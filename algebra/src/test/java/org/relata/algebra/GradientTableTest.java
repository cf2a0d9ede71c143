package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
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
    private static final Shape SCALAR = Shape.SCALAR;
    private static final Shape VECTOR = Shape.of(3);
    private static final Shape MATRIX = Shape.of(2, 3);

    /// A kernel of one value, the shape it takes, and where its inputs are drawn from.
    private record One(UnaryOperator<Kernel> kernel, Shape shape, double from, double to) {}

    /// A kernel of two values.
    private record Two(BinaryOperator<Kernel> kernel, Shape left, Shape right, double from, double to) {}

    private static final Map<String, One> ONES = new LinkedHashMap<>();
    private static final Map<String, Two> TWOS = new LinkedHashMap<>();

    private static void one(String name, UnaryOperator<Kernel> kernel, Shape shape, double from, double to) {
        ONES.put(name, new One(kernel, shape, from, to));
    }

    private static void two(String name, BinaryOperator<Kernel> kernel, Shape left, Shape right) {
        TWOS.put(name, new Two(kernel, left, right, 0.3, 1.8));
    }

    static {
        for (Shape shape : List.of(SCALAR, VECTOR)) {
            one("identity " + shape, x -> x, shape, -2, 2);
            one("negate " + shape, Kernels::negate, shape, -2, 2);
            one("exp " + shape, Kernels::exp, shape, -2, 2);
            one("log " + shape, Kernels::log, shape, 0.5, 2);
            one("sqrt " + shape, Kernels::sqrt, shape, 0.5, 2);
            one("abs, left of 0 " + shape, Kernels::abs, shape, -2, -0.1);
            one("abs, right of 0 " + shape, Kernels::abs, shape, 0.1, 2);
            one("sign " + shape, x -> Kernels.add(x, Kernels.sign(x)), shape, 0.1, 2);
            one("sigmoid " + shape, Kernels::sigmoid, shape, -3, 3);
            one("tanh " + shape, Kernels::tanh, shape, -2, 2);
            one("relu, left of 0 " + shape, x -> Kernels.relu(x), shape, -2, -0.1);
            one("relu, right of 0 " + shape, Kernels::relu, shape, 0.1, 2);
            one("leaky relu, left of 0 " + shape, x -> Kernels.leakyRelu(x, 0.1), shape, -2, -0.1);
            one("leaky relu, right of 0 " + shape, x -> Kernels.leakyRelu(x, 0.1), shape, 0.1, 2);
            one("gelu " + shape, Kernels::gelu, shape, -2, 2);
            one("softplus " + shape, Kernels::softplus, shape, -3, 3);
            one("square " + shape, x -> Kernels.power(x, Kernels.constant(2)), shape, -2, 2);
            one("cube " + shape, x -> Kernels.power(x, Kernels.constant(3)), shape, -2, 2);
            one("power of a constant " + shape, x -> Kernels.power(Kernels.constant(1.7), x), shape, -2, 2);
            one("reciprocal " + shape, x -> Kernels.divide(Kernels.constant(1), x), shape, 0.5, 2);
            one(
                    "where " + shape,
                    x -> Kernels.where(
                            Kernels.compare(x, Comparison.LESS, Kernels.constant(3)), Kernels.multiply(x, x), x),
                    shape,
                    -2,
                    2);
            one(
                    "key number " + shape,
                    x -> Kernels.multiply(x, Kernels.key(KeyTerm.left("i").plus(KeyTerm.literal(1)))),
                    shape,
                    -2,
                    2);
            one(
                    "key test " + shape,
                    x -> Kernels.where(
                            Kernels.test(KeyPredicate.equal(KeyTerm.left("i"), KeyTerm.literal(1))), Kernels.exp(x), x),
                    shape,
                    -2,
                    2);
            one(
                    "dropout " + shape,
                    x -> Kernels.multiply(
                            Kernels.compare(
                                    Kernels.random("drop", x.shape(), KeyTerm.left("i")),
                                    Comparison.LESS,
                                    Kernels.constant(0.5)),
                            Kernels.multiply(x, x)),
                    shape,
                    -2,
                    2);
        }
        for (Shape shape : List.of(VECTOR, MATRIX)) {
            one("sum " + shape, Kernels::sum, shape, -2, 2);
            one("sum of squares by axis " + shape, x -> Kernels.sum(Kernels.multiply(x, x), 0), shape, -2, 2);
            one("mean " + shape, Kernels::mean, shape, -2, 2);
            one("max " + shape, Kernels::max, shape, -2, 2);
            one("min " + shape, Kernels::min, shape, -2, 2);
            one("logsumexp " + shape, Kernels::logsumexp, shape, -2, 2);
            one("softmax " + shape, Kernels::softmax, shape, -2, 2);
            one("log softmax " + shape, Kernels::logSoftmax, shape, -2, 2);
            one("normalize " + shape, Kernels::normalize, shape, 0.5, 2);
            one("norm " + shape, Kernels::norm, shape, 0.5, 2);
            one("slice " + shape, x -> Kernels.exp(Kernels.slice(x, x.shape().rank() - 1, 1, 3)), shape, -2, 2);
            one(
                    "concat " + shape,
                    x -> Kernels.tanh(Kernels.concat(0, List.of(x, Kernels.multiply(x, x)))),
                    shape,
                    -2,
                    2);
            one(
                    "reshape " + shape,
                    x -> Kernels.exp(Kernels.reshape(x, Shape.of(x.shape().size(), 1))),
                    shape,
                    -2,
                    2);
            one("broadcast " + shape, x -> Kernels.exp(Kernels.broadcast(x, Shape.of(2, 2, 3))), shape, -2, 2);
        }
        one("transpose", x -> Kernels.exp(Kernels.transpose(x)), MATRIX, -2, 2);
        one("matrix by its transpose", x -> Kernels.matmul(x, Kernels.transpose(x)), MATRIX, -2, 2);

        for (Shape left : List.of(SCALAR, VECTOR)) {
            for (Shape right : List.of(SCALAR, VECTOR, MATRIX)) {
                String shapes = " " + left + " " + right;
                two("add" + shapes, Kernels::add, left, right);
                two("subtract" + shapes, Kernels::subtract, left, right);
                two("multiply" + shapes, Kernels::multiply, left, right);
                two("divide" + shapes, Kernels::divide, left, right);
                two("power" + shapes, Kernels::power, left, right);
                two("maximum" + shapes, Kernels::maximum, left, right);
                two("minimum" + shapes, Kernels::minimum, left, right);
            }
        }
        for (Comparison comparison : Comparison.values()) {
            two(
                    "where " + comparison,
                    (a, b) -> Kernels.where(
                            Kernels.compare(a, comparison, b), Kernels.multiply(a, a), Kernels.multiply(a, b)),
                    SCALAR,
                    VECTOR);
        }
        two("matmul", Kernels::matmul, MATRIX, Shape.of(3, 2));
        two("matrix times vector", Kernels::matvec, MATRIX, VECTOR);
        two("vector times matrix", Kernels::vecmat, Shape.of(2), MATRIX);
        two("inner", Kernels::inner, VECTOR, VECTOR);
        two("outer", Kernels::outer, VECTOR, Shape.of(2));
        two("softmax cross entropy", (a, b) -> Kernels.inner(Kernels.logSoftmax(a), b), VECTOR, VECTOR);
        two(
                "binary cross entropy",
                (a, b) -> Kernels.subtract(Kernels.softplus(a), Kernels.multiply(a, b)),
                VECTOR,
                VECTOR);
    }

    @Test
    void kernelsOfOneValueInASelection() {
        ONES.forEach((name, row) -> check(name, x("x", row).map(row.kernel), data(row)));
    }

    @Test
    void kernelsOfOneValueUnderEachAggregator() {
        ONES.forEach((name, row) -> {
            for (Aggregator aggregator : List.of(Aggregator.SUM, Aggregator.MEAN, Aggregator.LOGSUMEXP)) {
                check(name + " under " + aggregator, x("x", row).map(row.kernel).aggregate(aggregator, "i"), data(row));
            }
        });
    }

    @Test
    void everyAggregatorOverEveryShapeAndGrouping() {
        for (Aggregator aggregator : Aggregator.values()) {
            for (Shape shape : List.of(SCALAR, VECTOR, MATRIX)) {
                One row = new One(x -> x, shape, -2, 2);
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
        TWOS.forEach((name, row) -> {
            RelExpr left = RelExpr.scan("x", RelationType.of(row.left, "i", "j"));
            RelExpr many = RelExpr.scan("y", RelationType.of(row.right, "j", "k"));
            RelExpr one = RelExpr.scan("z", RelationType.of(row.right, "j"));
            RelExpr single = RelExpr.scan("w", RelationType.of(row.right));
            Map<String, Relation> data = new HashMap<>();
            Random random = new Random(name.hashCode());
            for (RelExpr each : List.of(left, many, one, single)) {
                String relation = ((Scan) each).relation();
                double left0 = relation.equals("w") ? 0 : 0.3;
                Relation drawn = GradientCheck.random(each.type(), 2, left0, random, row.from, row.to);
                data.put(relation, apart(drawn, relation.equals("x") ? 0 : 0.05));
            }
            check(name + ", n–m", left.join(many).on("j").with(row.kernel), data);
            check(
                    name + ", n–m under a sum",
                    left.join(many).on("j").with(row.kernel).sum("i", "k"),
                    data);
            check(name + ", n–1", left.join(one).on("j").with(row.kernel), data);
            check(name + ", with ⟨⟩", left.join(single).with(row.kernel).mean("i"), data);
            check(
                    name + ", 1–1 with an order",
                    left.join(one)
                            .where(KeyPredicate.compare(KeyTerm.left("i"), Comparison.LESS, KeyTerm.right("j")))
                            .project(KeyProjection.keep("i", "j").and("k", KeyTerm.right("j")))
                            .with(row.kernel),
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
        ONES.values().forEach(row -> collect(row.kernel.apply(new Argument(0, row.shape)), seen));
        TWOS.values()
                .forEach(row -> collect(row.kernel.apply(new Argument(0, row.left), new Argument(1, row.right)), seen));
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

    private static RelExpr x(String name, One row) {
        return RelExpr.scan(name, RelationType.of(row.shape, "i", "j"));
    }

    private static Map<String, Relation> data(One row) {
        RelationType type = RelationType.of(row.shape, "i", "j");
        return Map.of("x", GradientCheck.random(type, 3, 0.2, new Random(3), row.from, row.to));
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
