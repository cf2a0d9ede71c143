package org.relata.algebra.kernel;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.kernel.Leaf.Constant;
import org.relata.algebra.kernel.Linear.Broadcast;
import org.relata.algebra.kernel.Linear.Concat;
import org.relata.algebra.kernel.Linear.MatMul;
import org.relata.algebra.kernel.Linear.Reshape;
import org.relata.algebra.kernel.Linear.Slice;
import org.relata.algebra.kernel.Linear.Transpose;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// What [Kernels] leaves out of the kernels that it builds.
final class Simplified {
    private Simplified() {}

    /// The kernel itself or a simpler one of the same value.
    static Kernel of(Kernel kernel) {
        if (!(kernel instanceof Leaf) && kernel.inputs().stream().allMatch(Constant.class::isInstance)) {
            List<Tensor> values = new ArrayList<>();
            kernel.inputs().forEach(input -> values.add(((Constant) input).tensor()));
            return new Constant(kernel.value(values, KernelContext.of()));
        }
        return switch (kernel) {
            case Leaf leaf -> leaf;
            case Unary unary ->
                unary.operation() == Unary.Operation.NEGATE
                                && unary.input() instanceof Unary(Unary.Operation inner, Kernel x, Shape _)
                                && inner == Unary.Operation.NEGATE
                        ? x
                        : unary;
            case Binary binary -> of(binary);
            case Where where ->
                is(where.condition(), 0) ? where.otherwise() : is(where.condition(), 1) ? where.then() : where;
            case MatMul product ->
                is(product.left(), 0) || is(product.right(), 0) ? Kernels.zeros(product.shape()) : product;
            case Transpose transpose -> transpose.input() instanceof Transpose(Kernel x, Shape _) ? x : transpose;
            case Reshape reshape ->
                reshape.input().shape().equals(reshape.shape())
                        ? reshape.input()
                        : reshape.input() instanceof Reshape(Kernel x, Shape _)
                                ? Kernels.reshape(x, reshape.shape())
                                : reshape;
            case Broadcast broadcast ->
                broadcast.input().shape().equals(broadcast.shape()) ? broadcast.input() : broadcast;
            case Concat concat -> concat;
            case Slice slice ->
                slice.shape().equals(slice.input().shape())
                        ? slice.input()
                        : slice.input() instanceof Concat concat && concat.axis() == slice.axis()
                                ? part(concat, slice)
                                : slice;
            case Reduce reduce -> reduce.input().shape().equals(reduce.shape()) ? reduce.input() : reduce;
        };
    }

    /// A slice of a concatenation: one of its parts, where it is just that.
    private static Kernel part(Concat concat, Slice slice) {
        int from = 0;
        for (Kernel part : concat.inputs()) {
            int to = from + part.shape().extent(concat.axis());
            if (from <= slice.from() && slice.to() <= to) {
                return Kernels.slice(part, concat.axis(), slice.from() - from, slice.to() - from);
            }
            from = to;
        }
        return slice;
    }

    private static Kernel of(Binary binary) {
        Kernel a = binary.left();
        Kernel b = binary.right();
        return switch (binary.operation()) {
            case ADD -> {
                if (is(a, 0) || is(b, 0)) {
                    yield is(a, 0) ? b : a;
                }
                if (b instanceof Unary(Unary.Operation operation, Kernel x, Shape _)
                        && operation == Unary.Operation.NEGATE) {
                    yield Kernels.subtract(a, x);
                }
                if (a instanceof Unary(Unary.Operation operation, Kernel x, Shape _)
                        && operation == Unary.Operation.NEGATE) {
                    yield Kernels.subtract(b, x);
                }
                yield binary;
            }
            case SUBTRACT -> is(b, 0) ? a : is(a, 0) ? Kernels.negate(b) : binary;
            case MULTIPLY ->
                is(a, 0) || is(b, 0)
                        ? Kernels.zeros(binary.shape())
                        : is(a, 1)
                                ? b
                                : is(b, 1) ? a : is(a, -1) ? Kernels.negate(b) : is(b, -1) ? Kernels.negate(a) : binary;
            case DIVIDE -> is(b, 1) ? a : is(a, 0) ? Kernels.zeros(binary.shape()) : binary;
            case POWER -> is(b, 1) ? a : is(b, 0) ? Kernels.constant(Tensor.filled(binary.shape(), 1)) : binary;
            case MAXIMUM, MINIMUM, EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST -> binary;
        };
    }

    private static boolean is(Kernel kernel, double number) {
        return kernel instanceof Constant(Tensor tensor) && tensor.isFilledWith(number);
    }
}
