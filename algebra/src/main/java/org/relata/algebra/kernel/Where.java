package org.relata.algebra.kernel;

import java.util.List;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Element by element, `then` where the condition is not 0 and `otherwise` elsewhere; all of one shape.
///
/// Both branches are computed: a branch that is undefined where it is not chosen (a logarithm of 0, say) makes its
/// gradient a
/// NaN there, so guard what goes into it as well.
///
/// @param shape derived from the rest; leave it to the shorter constructor
public record Where(Kernel condition, Kernel then, Kernel otherwise, Shape shape) implements Kernel {
    /// The operation with its shape.
    public Where(Kernel condition, Kernel then, Kernel otherwise) {
        this(condition, then, otherwise, then.shape());
    }

    @Override
    public List<Kernel> inputs() {
        return List.of(condition, then, otherwise);
    }

    @Override
    public Kernel withInputs(List<Kernel> inputs) {
        return new Where(inputs.get(0), inputs.get(1), inputs.get(2));
    }

    @Override
    public Tensor value(List<Tensor> inputs, KernelContext context) {
        double[] numbers = new double[shape().size()];
        for (int position = 0; position < numbers.length; position++) {
            numbers[position] =
                    inputs.get(inputs.get(0).at(position) != 0 ? 1 : 2).at(position);
        }
        return Tensor.of(shape(), numbers);
    }

    @Override
    public Kernel pullback(int input, Kernel upstream) {
        Kernel zeros = Kernels.zeros(shape());
        return switch (input) {
            case 0 -> zeros;
            case 1 -> Kernels.where(condition, upstream, zeros);
            default -> Kernels.where(condition, zeros, upstream);
        };
    }

    @Override
    public String text(List<String> inputs) {
        return "(case when " + inputs.get(0) + " then " + inputs.get(1) + " else " + inputs.get(2) + " end)";
    }
}
