package org.relata.algebra.kernel;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.relata.algebra.value.Shape;

/// Reverse mode on one kernel.
public final class Derivative {
    private Derivative() {}

    /// The vector–Jacobian product: what a gradient of the kernel's value gives to one of its arguments.
    ///
    /// @param argument which argument
    /// @param shape the argument's shape, which is also the result's
    /// @param upstream the gradient of the value, of its shape; usually another argument
    public static Kernel pullback(Kernel kernel, int argument, Shape shape, Kernel upstream) {
        List<Kernel> order = KernelGraph.sorted(new KernelGraph.Sharing().share(kernel));
        Set<Kernel> matters = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Kernel each : order) {
            if (each instanceof Leaf.Argument leaf
                    ? leaf.index() == argument
                    : each.inputs().stream().anyMatch(matters::contains)) {
                matters.add(each);
            }
        }
        IdentityHashMap<Kernel, Kernel> gradients = new IdentityHashMap<>();
        gradients.put(order.getLast(), upstream);
        for (Kernel each : order.reversed()) {
            Kernel gradient = gradients.get(each);
            if (gradient == null || !matters.contains(each)) {
                continue;
            }
            if (each instanceof Leaf) {
                return gradient;
            }
            for (int input = 0; input < each.inputs().size(); input++) {
                if (matters.contains(each.inputs().get(input))) {
                    gradients.merge(each.inputs().get(input), each.pullback(input, gradient), Kernels::add);
                }
            }
        }
        return Kernels.zeros(shape);
    }
}
