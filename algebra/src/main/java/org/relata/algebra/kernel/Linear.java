package org.relata.algebra.kernel;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A kernel that moves numbers, or multiplies matrices: linear in each of its inputs.
public sealed interface Linear extends Kernel {
    /// The product of two matrices.
    ///
    /// @param shape derived from the rest; leave it to the shorter constructor
    record MatMul(Kernel left, Kernel right, Shape shape) implements Linear {
        /// The operation with its shape.
        public MatMul(Kernel left, Kernel right) {
            this(left, right, Shape.of(left.shape().extent(0), right.shape().extent(1)));
        }

        @Override
        public List<Kernel> inputs() {
            return List.of(left, right);
        }

        @Override
        public Kernel withInputs(List<Kernel> inputs) {
            return new MatMul(inputs.get(0), inputs.get(1));
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            int inner = inputs.get(0).shape().extent(1);
            int columns = inputs.get(1).shape().extent(1);
            Shape shape = Shape.of(inputs.get(0).shape().extent(0), columns);
            double[] numbers = new double[shape.size()];
            for (int position = 0; position < numbers.length; position++) {
                int row = position / columns;
                int column = position % columns;
                for (int each = 0; each < inner; each++) {
                    numbers[position] +=
                            inputs.get(0).at(row * inner + each) * inputs.get(1).at(each * columns + column);
                }
            }
            return Tensor.of(shape, numbers);
        }

        @Override
        public Kernel pullback(int input, Kernel upstream) {
            return input == 0
                    ? Kernels.matmul(upstream, Kernels.transpose(right))
                    : Kernels.matmul(Kernels.transpose(left), upstream);
        }

        @Override
        public String text(List<String> inputs) {
            return "(" + inputs.get(0) + " · " + inputs.get(1) + ")";
        }
    }

    /// A matrix with rows and columns exchanged.
    ///
    /// @param shape derived from the rest; leave it to the shorter constructor
    record Transpose(Kernel input, Shape shape) implements Linear {
        /// The operation with its shape.
        public Transpose(Kernel input) {
            this(input, Shape.of(input.shape().extent(1), input.shape().extent(0)));
        }

        @Override
        public List<Kernel> inputs() {
            return List.of(input);
        }

        @Override
        public Kernel withInputs(List<Kernel> inputs) {
            return new Transpose(inputs.getFirst());
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            Tensor matrix = inputs.getFirst();
            int rows = matrix.shape().extent(0);
            int columns = matrix.shape().extent(1);
            double[] numbers = new double[rows * columns];
            for (int position = 0; position < numbers.length; position++) {
                numbers[position] = matrix.at(position % rows * columns + position / rows);
            }
            return Tensor.of(Shape.of(columns, rows), numbers);
        }

        @Override
        public Kernel pullback(int index, Kernel upstream) {
            return Kernels.transpose(upstream);
        }

        @Override
        public String text(List<String> inputs) {
            return inputs.getFirst() + "ᵀ";
        }
    }

    /// The same numbers in the same order, in another shape.
    record Reshape(Kernel input, Shape shape) implements Linear {
        @Override
        public List<Kernel> inputs() {
            return List.of(input);
        }

        @Override
        public Kernel withInputs(List<Kernel> inputs) {
            return new Reshape(inputs.getFirst(), shape);
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            return inputs.getFirst().reshape(shape);
        }

        @Override
        public Kernel pullback(int index, Kernel upstream) {
            return Kernels.reshape(upstream, input.shape());
        }

        @Override
        public String text(List<String> inputs) {
            return "reshape(" + Kernels.bare(inputs.getFirst()) + ", " + shape + ")";
        }
    }

    /// The input repeated to fill a larger shape, axes aligned at the last one.
    record Broadcast(Kernel input, Shape shape) implements Linear {
        @Override
        public List<Kernel> inputs() {
            return List.of(input);
        }

        @Override
        public Kernel withInputs(List<Kernel> inputs) {
            return new Broadcast(inputs.getFirst(), shape);
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            return inputs.getFirst().broadcast(shape);
        }

        @Override
        public Kernel pullback(int index, Kernel upstream) {
            return Kernels.reduce(Reduce.Operation.SUM, upstream, input.shape());
        }

        @Override
        public String text(List<String> inputs) {
            return inputs.getFirst();
        }
    }

    /// Inputs one after the other along an axis.
    ///
    /// @param shape derived from the rest; leave it to the shorter constructor
    record Concat(List<Kernel> inputs, int axis, Shape shape) implements Linear {
        /// Copies.
        public Concat {
            inputs = List.copyOf(inputs);
        }

        /// The operation with its shape.
        public Concat(List<Kernel> inputs, int axis) {
            this(
                    inputs,
                    axis,
                    inputs.getFirst()
                            .shape()
                            .with(
                                    axis,
                                    inputs.stream()
                                            .mapToInt(input -> input.shape().extent(axis))
                                            .sum()));
        }

        @Override
        public Kernel withInputs(List<Kernel> others) {
            return new Concat(others, axis);
        }

        @Override
        public Tensor value(List<Tensor> values, KernelContext context) {
            List<Double> numbers = new ArrayList<>();
            int blocks = blocks(inputs.getFirst().shape(), axis);
            for (int block = 0; block < blocks; block++) {
                for (Tensor value : values) {
                    int width = value.shape().size() / blocks;
                    for (int position = block * width; position < (block + 1) * width; position++) {
                        numbers.add(value.at(position));
                    }
                }
            }
            return Tensor.of(
                    shape(), numbers.stream().mapToDouble(Double::doubleValue).toArray());
        }

        @Override
        public Kernel pullback(int input, Kernel upstream) {
            int from = inputs.subList(0, input).stream()
                    .mapToInt(each -> each.shape().extent(axis))
                    .sum();
            return Kernels.slice(
                    upstream, axis, from, from + inputs.get(input).shape().extent(axis));
        }

        @Override
        public String text(List<String> texts) {
            return "concat(" + String.join(", ", texts) + ")";
        }
    }

    /// The positions `from` (with) to `to` (without) of one axis.
    ///
    /// @param shape derived from the rest; leave it to the shorter constructor
    record Slice(Kernel input, int axis, int from, int to, Shape shape) implements Linear {
        /// The operation with its shape.
        public Slice(Kernel input, int axis, int from, int to) {
            this(input, axis, from, to, input.shape().with(axis, to - from));
        }

        @Override
        public List<Kernel> inputs() {
            return List.of(input);
        }

        @Override
        public Kernel withInputs(List<Kernel> inputs) {
            return new Slice(inputs.getFirst(), axis, from, to);
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            Tensor value = inputs.getFirst();
            int blocks = blocks(value.shape(), axis);
            int width = value.shape().size() / blocks;
            int unit = width / value.shape().extent(axis);
            double[] numbers = new double[shape().size()];
            int kept = (to - from) * unit;
            for (int position = 0; position < numbers.length; position++) {
                numbers[position] = value.at(position / kept * width + from * unit + position % kept);
            }
            return Tensor.of(shape(), numbers);
        }

        @Override
        public Kernel pullback(int index, Kernel upstream) {
            List<Kernel> parts = new ArrayList<>();
            if (from > 0) {
                parts.add(Kernels.zeros(input.shape().with(axis, from)));
            }
            parts.add(upstream);
            if (to < input.shape().extent(axis)) {
                parts.add(Kernels.zeros(input.shape().with(axis, input.shape().extent(axis) - to)));
            }
            return Kernels.concat(axis, parts);
        }

        @Override
        public String text(List<String> inputs) {
            return inputs.getFirst() + "[" + (axis == 0 ? "" : "axis " + axis + ": ") + from + ":" + to + "]";
        }
    }

    /// How many runs of neighbouring numbers the axes before `axis` make.
    private static int blocks(Shape shape, int axis) {
        return shape.extents().subList(0, axis).stream().reduce(1, Math::multiplyExact);
    }
}
