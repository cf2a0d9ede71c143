package org.relata.algebra.kernel;

import java.util.List;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Elements folded into a smaller shape: those into one that broadcasting that shape would repeat.
public record Reduce(Operation operation, Kernel input, Shape shape) implements Kernel {
    /// How elements are folded.
    public enum Operation {
        /// Their sum.
        SUM,
        /// The greatest; equals share the derivative.
        MAXIMUM,
        /// The logarithm of the sum of their exponentials, without overflow.
        LOGSUMEXP
    }

    @Override
    public List<Kernel> inputs() {
        return List.of(input);
    }

    @Override
    public Kernel withInputs(List<Kernel> inputs) {
        return new Reduce(operation, inputs.getFirst(), shape);
    }

    @Override
    public Tensor value(List<Tensor> inputs, KernelContext context) {
        Tensor value = inputs.getFirst();
        return switch (operation) {
            case SUM -> value.reduce(shape, 0, Double::sum);
            case MAXIMUM -> value.reduce(shape, Double.NEGATIVE_INFINITY, Math::max);
            case LOGSUMEXP -> {
                Tensor most = value.reduce(shape, Double.NEGATIVE_INFINITY, Math::max)
                        .map(number -> Double.isInfinite(number) ? 0 : number);
                Tensor sum = value.zip(most.broadcast(value.shape()), (number, top) -> Math.exp(number - top))
                        .reduce(shape, 0, Double::sum);
                yield most.zip(sum, (top, total) -> top + Math.log(total));
            }
        };
    }

    @Override
    public Kernel pullback(int index, Kernel upstream) {
        Kernel spread = Kernels.broadcast(upstream, input.shape());
        return switch (operation) {
            case SUM -> spread;
            case MAXIMUM -> {
                Kernel ties = Kernels.compare(input, Comparison.EQUAL, Kernels.broadcast(this, input.shape()));
                Kernel count = Kernels.broadcast(Kernels.reduce(Operation.SUM, ties, shape), input.shape());
                yield Kernels.multiply(spread, Kernels.divide(ties, count));
            }
            case LOGSUMEXP ->
                Kernels.multiply(spread, Kernels.exp(Kernels.subtract(input, Kernels.broadcast(this, input.shape()))));
        };
    }

    @Override
    public String text(List<String> inputs) {
        String name = switch (operation) {
            case SUM -> "sum";
            case MAXIMUM -> "max";
            case LOGSUMEXP -> "logsumexp";
        };
        return name + "(" + Kernels.bare(inputs.getFirst()) + (shape.rank() == 0 ? "" : " to " + shape) + ")";
    }
}
