package org.relata.sql.parse;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;

/// The functions of values, by name.
final class Functions {
    /// A function by name.
    ///
    /// @param least how many inputs it has at least
    /// @param most how many it has at most
    record Signature(int least, int most, Operation operation) {}

    static final Map<String, Aggregator> AGGREGATES = new TreeMap<>(Map.ofEntries(
            entry("sum", Aggregator.SUM),
            entry("avg", Aggregator.MEAN),
            entry("min", Aggregator.MINIMUM),
            entry("max", Aggregator.MAXIMUM),
            entry("count", Aggregator.COUNT),
            entry("product", Aggregator.PRODUCT),
            entry("logsumexp", Aggregator.LOGSUMEXP),
            entry("var_samp", Aggregator.VARIANCE),
            entry("variance", Aggregator.VARIANCE),
            entry("stddev_samp", Aggregator.DEVIATION),
            entry("stddev", Aggregator.DEVIATION)));

    static final Map<String, Signature> BY_NAME = new TreeMap<>();

    static final Operation NEGATE = Operation.plain("negate", inputs -> Kernels.negate(inputs.getFirst()));
    static final Operation DIVIDE = Operation.elements("/", false, Kernels::divide);
    static final Operation AND = Operation.elements("and", false, Kernels::multiply);
    static final Operation OR = Operation.elements("or", false, Kernels::maximum);
    static final Operation NOT =
            Operation.plain("not", inputs -> Kernels.subtract(Kernels.constant(1), inputs.getFirst()));
    /// Conditions and values by turns, and the value otherwise.
    static final Operation CASE = new Operation("case", false, Operation::common, Functions::choose);

    static {
        unary("exp", Kernels::exp);
        unary("ln", Kernels::log);
        unary("log", Kernels::log);
        unary("sqrt", Kernels::sqrt);
        unary("abs", Kernels::abs);
        unary("square", x -> Kernels.multiply(x, x));
        unary("sign", Kernels::sign);
        unary("sigmoid", Kernels::sigmoid);
        unary("logistic", Kernels::sigmoid);
        unary("relu", Kernels::relu);
        unary("gelu", Kernels::gelu);
        unary("tanh", Kernels::tanh);
        unary("softplus", Kernels::softplus);
        elements("power", 2, 2, Kernels::power);
        elements("pow", 2, 2, Kernels::power);
        elements("greatest", 1, Integer.MAX_VALUE, Kernels::maximum);
        elements("least", 1, Integer.MAX_VALUE, Kernels::minimum);

        product("matrix_multiply", Functions::multiply);
        product("matrix_vector_multiply", Kernels::matvec);
        product("vector_matrix_multiply", Kernels::vecmat);
        product("outer_product", Kernels::outer);
        put("inner_product", 2, 2, Operation.plain("inner_product", Functions::inner));
        unary("transpose", Kernels::transpose);
        unary("softmax", x -> Kernels.softmax(tensor("softmax", x)));
        unary("log_softmax", x -> Kernels.logSoftmax(tensor("log_softmax", x)));
        unary("norm", Kernels::norm);
        unary("normalize", Kernels::normalize);
        unary("tensor_sum", Kernels::sum);
        unary("tensor_mean", Kernels::mean);
        unary("tensor_max", Kernels::max);
        unary("tensor_min", Kernels::min);
        unary("tensor_logsumexp", Kernels::logsumexp);
        put("concat", 1, Integer.MAX_VALUE, new Operation("concat", false, Functions::total, Functions::concat));
    }

    private Functions() {}

    /// x where positive, else slope · x.
    static Operation leakyRelu(double slope) {
        return Operation.plain("leaky_relu " + slope, inputs -> Kernels.leakyRelu(inputs.getFirst(), slope));
    }

    /// The positions `from` (with) to `to` (without) of the last axis.
    static Operation slice(int from, int to) {
        return Operation.plain("slice " + from + ":" + to, inputs -> {
            Kernel x = tensor("slice", inputs.getFirst());
            return Kernels.slice(x, x.shape().rank() - 1, from, to);
        });
    }

    private static Kernel choose(List<Kernel> inputs) {
        Kernel result = inputs.getLast();
        for (int index = inputs.size() - 3; index >= 0; index -= 2) {
            result = Kernels.where(inputs.get(index), inputs.get(index + 1), result);
        }
        return result;
    }

    /// A matrix product; a vector is a column to the right of a matrix, and a row to its left.
    private static Kernel multiply(Kernel a, Kernel b) {
        int ranks = 10 * a.shape().rank() + b.shape().rank();
        return ranks == 21 ? Kernels.matvec(a, b) : ranks == 12 ? Kernels.vecmat(a, b) : Kernels.matmul(a, b);
    }

    private static Kernel inner(List<Kernel> inputs) {
        Shape left = inputs.get(0).shape();
        Shape right = inputs.get(1).shape();
        if (!left.equals(right)) {
            throw new AlgebraException(
                    "shape.mismatch",
                    "inner product",
                    "shapes " + left + " and " + right + " differ",
                    "make them equal");
        }
        return Kernels.inner(inputs.get(0), inputs.get(1));
    }

    /// Along the last axis; a number counts as a vector of one.
    private static Kernel concat(List<Kernel> inputs) {
        List<Kernel> parts = inputs.stream()
                .map(each -> each.shape().rank() == 0 ? Kernels.reshape(each, Shape.of(1)) : each)
                .toList();
        int rank = parts.getFirst().shape().rank();
        for (Kernel part : parts) {
            if (part.shape().rank() != rank) {
                throw new AlgebraException(
                        "shape.mismatch",
                        "concat",
                        "shapes " + parts.getFirst().shape() + " and " + part.shape() + " do not fit",
                        "give vectors, or matrices of as many rows");
            }
        }
        return Kernels.concat(rank - 1, parts);
    }

    private static Kernel tensor(String name, Kernel x) {
        if (x.shape().rank() == 0) {
            throw new AlgebraException("shape.mismatch", name, "it takes a vector or matrix, not a number", "");
        }
        return x;
    }

    private static Long total(List<Shape> shapes) {
        return shapes.stream().mapToLong(Operation::size).sum();
    }

    private static void unary(String name, UnaryOperator<Kernel> kernel) {
        put(name, 1, 1, Operation.plain(name, inputs -> kernel.apply(inputs.getFirst())));
    }

    private static void elements(String name, int least, int most, BinaryOperator<Kernel> kernel) {
        put(name, least, most, Operation.elements(name, false, kernel));
    }

    /// A product of matrices or vectors: no larger than all products of two elements.
    private static void product(String name, BinaryOperator<Kernel> kernel) {
        Function<List<Kernel>, Kernel> build = inputs -> kernel.apply(inputs.get(0), inputs.get(1));
        put(name, 2, 2, new Operation(name, false, Functions::outer, build));
    }

    /// The first extent of the left times the last of the right.
    private static Long outer(List<Shape> shapes) {
        List<Integer> left = shapes.get(0).extents();
        List<Integer> right = shapes.get(1).extents();
        return left.isEmpty() || right.isEmpty() ? 0L : (long) left.getFirst() * right.getLast();
    }

    private static void put(String name, int least, int most, Operation operation) {
        BY_NAME.put(name, new Signature(least, most, operation));
    }
}
