package org.relata.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Shape;

/// Every kernel with the shapes it takes and numbers to draw its inputs from: what gradients are checked on, and what
/// every
/// runner must compute alike. A kernel without a row here fails a test.
public final class KernelTable {
    private static final Shape SCALAR = Shape.SCALAR;
    private static final Shape VECTOR = Shape.of(3);
    private static final Shape MATRIX = Shape.of(2, 3);

    /// A kernel of one value, the shape it takes, and where its inputs are drawn from.
    public record One(UnaryOperator<Kernel> kernel, Shape shape, double from, double to) {}

    /// A kernel of two values.
    public record Two(BinaryOperator<Kernel> kernel, Shape left, Shape right, double from, double to) {}

    /// Kernels of one value, by name.
    public static final Map<String, One> ONES = new LinkedHashMap<>();
    /// Kernels of two values, by name.
    public static final Map<String, Two> TWOS = new LinkedHashMap<>();

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

    private KernelTable() {}
}
