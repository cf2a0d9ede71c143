package org.relata.algebra.kernel;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A function of each element.
///
/// @param shape derived from the rest; leave it to the shorter constructor
public record Unary(Operation operation, Kernel input, Shape shape) implements Kernel {
    /// The operation with its shape.
    public Unary(Operation operation, Kernel input) {
        this(operation, input, input.shape());
    }

    /// What the gradient of a function is: from the function's input, its value and the gradient of the value.
    @FunctionalInterface
    private interface Rule {
        Kernel apply(Kernel input, Kernel value, Kernel upstream);
    }

    /// Each function: its name, its form in SQL ({0} stands for the argument), its value, its derivative.
    @SuppressWarnings("ImmutableEnumChecker") // The functions hold no state.
    public enum Operation {
        /// −x.
        NEGATE("-", "-{0}", x -> -x, (x, y, g) -> Kernels.negate(g)),
        /// eˣ.
        EXP("exp", "EXP({0})", Math::exp, (x, y, g) -> Kernels.multiply(g, y)),
        /// The natural logarithm.
        LOG("ln", "LN({0})", Math::log, (x, y, g) -> Kernels.divide(g, x)),
        /// √x.
        SQRT("sqrt", "SQRT({0})", Math::sqrt, (x, y, g) -> Kernels.divide(g, Kernels.multiply(Kernels.constant(2), y))),
        /// |x|; its derivative at 0 is taken as 0.
        ABS("abs", "ABS({0})", Math::abs, (x, y, g) -> Kernels.multiply(g, Kernels.sign(x))),
        /// −1, 0 or 1.
        SIGN("sign", "SIGN({0})", Math::signum, (x, y, g) -> Kernels.zeros(x.shape())),
        /// 1 / (1 + e⁻ˣ), without overflow on either side.
        SIGMOID(
                "sigmoid",
                "1 / (1 + EXP(-{0}))",
                Operation::sigmoid,
                (x, y, g) -> Kernels.multiply(g, Kernels.multiply(y, Kernels.subtract(Kernels.constant(1), y)))),
        /// The hyperbolic tangent.
        TANH(
                "tanh",
                "TANH({0})",
                Math::tanh,
                (x, y, g) -> Kernels.multiply(g, Kernels.subtract(Kernels.constant(1), Kernels.multiply(y, y)))),
        /// max(x, 0); its derivative at 0 is taken as 0.
        RELU(
                "relu",
                "GREATEST({0}, 0)",
                x -> Math.max(x, 0),
                (x, y, g) -> Kernels.multiply(g, Kernels.compare(x, Comparison.GREATER, Kernels.constant(0)))),
        /// ln(1 + eˣ), without overflow.
        SOFTPLUS(
                "softplus",
                "GREATEST({0}, 0) + LN(1 + EXP(-ABS({0})))",
                x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
                (x, y, g) -> Kernels.multiply(g, Kernels.sigmoid(x)));

        private final String symbol;
        private final String sql;
        private final DoubleUnaryOperator function;
        private final Rule rule;

        Operation(String symbol, String sql, DoubleUnaryOperator function, Rule rule) {
            this.symbol = symbol;
            this.sql = sql;
            this.function = function;
            this.rule = rule;
        }

        /// In SQL, where a dialect has no form of its own; {0} stands for the argument.
        public String sql() {
            return sql;
        }

        private static double sigmoid(double x) {
            double small = Math.exp(-Math.abs(x));
            return x >= 0 ? 1 / (1 + small) : small / (1 + small);
        }
    }

    @Override
    public List<Kernel> inputs() {
        return List.of(input);
    }

    @Override
    public Kernel withInputs(List<Kernel> inputs) {
        return new Unary(operation, inputs.getFirst());
    }

    @Override
    public Tensor value(List<Tensor> inputs, KernelContext context) {
        return inputs.getFirst().map(operation.function);
    }

    @Override
    public Kernel pullback(int index, Kernel upstream) {
        return operation.rule.apply(input, this, upstream);
    }

    @Override
    public String text(List<String> inputs) {
        return operation == Operation.NEGATE
                ? "-" + inputs.getFirst()
                : operation.symbol + "(" + Kernels.bare(inputs.getFirst()) + ")";
    }
}
