package org.relata.algebra.kernel;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A function of two elements at a time; both inputs have one shape.
///
/// @param shape derived from the rest; leave it to the shorter constructor
public record Binary(Operation operation, Kernel left, Kernel right, Shape shape) implements Kernel {
    /// The operation with its shape.
    public Binary(Operation operation, Kernel left, Kernel right) {
        this(operation, left, right, left.shape());
    }

    /// What gradients of a function are: from the function itself and the gradient of its value.
    @FunctionalInterface
    private interface Rule {
        Kernel apply(Binary value, Kernel upstream);
    }

    /// Each function: its symbol, its form in SQL, its value, its derivatives by left and by right.
    @SuppressWarnings("ImmutableEnumChecker") // The functions hold no state.
    public enum Operation {
        /// Sum.
        ADD("+", "{0} + {1}", Double::sum, (y, g) -> g, (y, g) -> g),
        /// Difference.
        SUBTRACT("-", "{0} - {1}", (a, b) -> a - b, (y, g) -> g, (y, g) -> Kernels.negate(g)),
        /// Product.
        MULTIPLY(
                "*",
                "{0} * {1}",
                (a, b) -> a * b,
                (y, g) -> Kernels.multiply(g, y.right),
                (y, g) -> Kernels.multiply(g, y.left)),
        /// Quotient.
        DIVIDE(
                "/",
                "{0} / {1}",
                (a, b) -> a / b,
                (y, g) -> Kernels.divide(g, y.right),
                (y, g) -> Kernels.negate(Kernels.divide(Kernels.multiply(g, y), y.right))),
        /// left to the power of right. By the exponent it has a derivative where the base is positive, else 0 is taken.
        POWER(
                "power",
                "POWER({0}, {1})",
                Math::pow,
                (y, g) -> Kernels.multiply(
                        g,
                        Kernels.multiply(
                                y.right, Kernels.power(y.left, Kernels.subtract(y.right, Kernels.constant(1))))),
                (y, g) -> Kernels.where(
                        Kernels.compare(y.left, Comparison.GREATER, Kernels.constant(0)),
                        Kernels.multiply(g, Kernels.multiply(y, Kernels.log(positive(y.left)))),
                        Kernels.zeros(y.shape()))),
        /// The greater one; equals share the derivative.
        MAXIMUM(
                "greatest",
                "GREATEST({0}, {1})",
                Math::max,
                (y, g) -> Kernels.multiply(g, share(y.left, Comparison.GREATER, y.right)),
                (y, g) -> Kernels.multiply(g, share(y.right, Comparison.GREATER, y.left))),
        /// The smaller one; equals share the derivative.
        MINIMUM(
                "least",
                "LEAST({0}, {1})",
                Math::min,
                (y, g) -> Kernels.multiply(g, share(y.left, Comparison.LESS, y.right)),
                (y, g) -> Kernels.multiply(g, share(y.right, Comparison.LESS, y.left))),
        /// 1 where the two are equal, else 0.
        EQUAL(Comparison.EQUAL),
        /// 1 where the two differ, else 0.
        DIFFERENT(Comparison.DIFFERENT),
        /// 1 where left is less, else 0.
        LESS(Comparison.LESS),
        /// 1 where left is not more, else 0.
        AT_MOST(Comparison.AT_MOST),
        /// 1 where left is more, else 0.
        GREATER(Comparison.GREATER),
        /// 1 where left is not less, else 0.
        AT_LEAST(Comparison.AT_LEAST);

        private final String symbol;
        private final String sql;
        private final DoubleBinaryOperator function;
        private final Rule byLeft;
        private final Rule byRight;

        Operation(String symbol, String sql, DoubleBinaryOperator function, Rule byLeft, Rule byRight) {
            this.symbol = symbol;
            this.sql = sql;
            this.function = function;
            this.byLeft = byLeft;
            this.byRight = byRight;
        }

        /// A comparison; it has no slope anywhere.
        Operation(Comparison comparison) {
            this(
                    comparison.symbol(),
                    "CASE WHEN {0} " + comparison.symbol() + " {1} THEN 1 ELSE 0 END",
                    (a, b) -> comparison.holds(a, b) ? 1 : 0,
                    (y, g) -> Kernels.zeros(y.shape()),
                    (y, g) -> Kernels.zeros(y.shape()));
        }

        /// As people write it.
        public String symbol() {
            return symbol;
        }

        /// In SQL, where a dialect has no form of its own; {0} and {1} stand for the arguments.
        public String sql() {
            return sql;
        }

        /// Whether the value says if a comparison holds.
        public boolean isComparison() {
            return compareTo(EQUAL) >= 0;
        }

        /// The value of a pair of elements.
        double apply(double left, double right) {
            return function.applyAsDouble(left, right);
        }

        /// The operation of a comparison.
        public static Operation of(Comparison comparison) {
            return switch (comparison) {
                case EQUAL -> EQUAL;
                case DIFFERENT -> DIFFERENT;
                case LESS -> LESS;
                case AT_MOST -> AT_MOST;
                case GREATER -> GREATER;
                case AT_LEAST -> AT_LEAST;
            };
        }

        /// The base where it is positive, else 1: what is not used must not become a NaN either.
        private static Kernel positive(Kernel base) {
            return Kernels.where(
                    Kernels.compare(base, Comparison.GREATER, Kernels.constant(0)), base, Kernels.constant(1));
        }

        private static Kernel share(Kernel one, Comparison wins, Kernel other) {
            return Kernels.where(
                    Kernels.compare(one, Comparison.EQUAL, other),
                    Kernels.constant(0.5),
                    Kernels.compare(one, wins, other));
        }
    }

    @Override
    public List<Kernel> inputs() {
        return List.of(left, right);
    }

    @Override
    public Kernel withInputs(List<Kernel> inputs) {
        return new Binary(operation, inputs.get(0), inputs.get(1));
    }

    @Override
    public Tensor value(List<Tensor> inputs, KernelContext context) {
        return inputs.get(0).zip(inputs.get(1), operation.function);
    }

    @Override
    public Kernel pullback(int index, Kernel upstream) {
        return (index == 0 ? operation.byLeft : operation.byRight).apply(this, upstream);
    }

    @Override
    public String text(List<String> inputs) {
        return Character.isLetter(operation.symbol.charAt(0))
                ? operation.symbol + "(" + Kernels.bare(inputs.get(0)) + ", " + Kernels.bare(inputs.get(1)) + ")"
                : "(" + inputs.get(0) + " " + operation.symbol + " " + inputs.get(1) + ")";
    }
}
