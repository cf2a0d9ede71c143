package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;

/// A function of values; equal to one of the same name and settings.
///
/// @param name with its settings
/// @param splits whether any of its inputs may be combined first, in any order: a sum or a product
/// @param size how many numbers its value holds, given the shapes of the inputs, as far as it may be more than theirs
/// @param kernel builds it
record Operation(String name, boolean splits, Function<List<Shape>, Long> size, Function<List<Kernel>, Kernel> kernel) {
    static final Operation SUM = elements("+", true, Kernels::add);
    static final Operation PRODUCT = elements("*", true, Kernels::multiply);

    /// A function of elements of any number of inputs, from one of two.
    static Operation elements(String name, boolean splits, BinaryOperator<Kernel> two) {
        return new Operation(name, splits, Operation::common, parts -> fold(parts, two));
    }

    /// A function whose value is no larger than its inputs.
    static Operation plain(String name, Function<List<Kernel>, Kernel> kernel) {
        return new Operation(name, false, shapes -> 0L, kernel);
    }

    /// The kernel on inputs.
    Kernel build(List<Kernel> inputs) {
        return kernel.apply(inputs);
    }

    /// The shape of the value.
    Shape shape(List<Shape> inputs) {
        if (size.apply(inputs) > ColumnType.LARGEST) {
            throw new AlgebraException(
                    "sql.shape",
                    name,
                    "of shapes " + inputs + " it holds more than " + ColumnType.LARGEST + " numbers",
                    "");
        }
        List<Kernel> arguments = new ArrayList<>();
        inputs.forEach(shape -> arguments.add(new Leaf.Argument(arguments.size(), shape)));
        return build(arguments).shape();
    }

    /// The size of the shape that all can be repeated to fill.
    static Long common(List<Shape> shapes) {
        Shape common = Shape.SCALAR;
        for (Shape each : shapes) {
            common = common.common(each);
        }
        return size(common);
    }

    /// How many numbers a shape holds, without overflow for two extents.
    static long size(Shape shape) {
        return shape.extents().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /// From the left as written; a long row is halved first, so that kernels do not grow as high as rows are long.
    private static Kernel fold(List<Kernel> parts, BinaryOperator<Kernel> two) {
        if (parts.size() > 16) {
            int half = parts.size() / 2;
            return two.apply(fold(parts.subList(0, half), two), fold(parts.subList(half, parts.size()), two));
        }
        return parts.stream().reduce(two).orElseThrow();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Operation operation && operation.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
