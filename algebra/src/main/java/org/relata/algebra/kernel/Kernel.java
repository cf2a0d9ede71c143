package org.relata.algebra.kernel;

import java.util.List;
import java.util.function.Predicate;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// An expression over the values of one or two tuples and over their keys. Build it with [Kernels], which checks shapes
/// and simplifies.
///
/// Each case states its shape, its value given those of its inputs, and its pullback: the gradient that an input
/// receives
/// from the gradient of the output, again a kernel. A gradient of zero may be returned as a constant.
public sealed interface Kernel permits Leaf, Unary, Binary, Where, Linear, Reduce {
    /// The shape of the value.
    Shape shape();

    /// What it is computed from.
    List<Kernel> inputs();

    /// The same operation on other inputs of the same shapes.
    Kernel withInputs(List<Kernel> inputs);

    /// The value, given those of the inputs.
    Tensor value(List<Tensor> inputs, KernelContext context);

    /// What the gradient `upstream` of this kernel's value gives to one input.
    Kernel pullback(int input, Kernel upstream);

    /// Written for people, given the texts of the inputs.
    String text(List<String> inputs);

    /// The value for one tuple or pair of tuples; for many of them make a [KernelOrder].
    default Tensor evaluate(KernelContext context) {
        return new KernelOrder(this).evaluate(context);
    }

    /// Whether a leaf that satisfies the condition occurs.
    default boolean reads(Predicate<Leaf> condition) {
        return KernelGraph.sorted(this).stream().anyMatch(each -> each instanceof Leaf leaf && condition.test(leaf));
    }

    /// Whether the value of argument `index` is used.
    default boolean readsArgument(int index) {
        return reads(leaf -> leaf instanceof Leaf.Argument argument && argument.index() == index);
    }

    /// Written for people.
    default String text() {
        String text = KernelGraph.text(this);
        return text.length() > 300 ? text.substring(0, 300) + " …" : text;
    }
}
