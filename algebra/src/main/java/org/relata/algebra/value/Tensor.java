package org.relata.algebra.value;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/// An immutable array of float64 numbers, last axis fastest.
public final class Tensor {
    private final Shape shape;
    private final double[] numbers;

    private Tensor(Shape shape, double[] numbers) {
        this.shape = shape;
        this.numbers = numbers;
    }

    /// One number.
    public static Tensor scalar(double number) {
        return new Tensor(Shape.SCALAR, new double[] {number});
    }

    /// A vector.
    public static Tensor vector(double... numbers) {
        return of(Shape.of(numbers.length), numbers);
    }

    /// A matrix, row by row.
    public static Tensor matrix(double[]... rows) {
        return of(
                Shape.of(rows.length, rows[0].length),
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    /// The numbers in the given shape, copied.
    public static Tensor of(Shape shape, double... numbers) {
        if (numbers.length != shape.size()) {
            throw new AlgebraException(
                    "tensor.size",
                    "tensor of shape " + shape,
                    numbers.length + " numbers instead of " + shape.size(),
                    "give as many numbers as the shape holds");
        }
        return new Tensor(shape, numbers.clone());
    }

    /// One number everywhere.
    public static Tensor filled(Shape shape, double number) {
        double[] numbers = new double[shape.size()];
        Arrays.fill(numbers, number);
        return new Tensor(shape, numbers);
    }

    /// The shape.
    public Shape shape() {
        return shape;
    }

    /// The number at a position, counting with the last axis fastest.
    public double at(int position) {
        return numbers[position];
    }

    /// The only number of a scalar (or of any tensor that holds one).
    public double number() {
        if (numbers.length != 1) {
            throw new AlgebraException("tensor.scalar", "tensor of shape " + shape, "it is not one number", "");
        }
        return numbers[0];
    }

    /// A copy of all numbers.
    public double[] toArray() {
        return numbers.clone();
    }

    /// Whether every number equals the given one.
    public boolean isFilledWith(double number) {
        return Arrays.stream(numbers).allMatch(each -> each == number);
    }

    /// A function of each number.
    public Tensor map(DoubleUnaryOperator function) {
        double[] result = new double[numbers.length];
        for (int position = 0; position < result.length; position++) {
            result[position] = function.applyAsDouble(numbers[position]);
        }
        return new Tensor(shape, result);
    }

    /// A function of the numbers of two tensors of one shape, pairwise.
    public Tensor zip(Tensor other, DoubleBinaryOperator function) {
        if (!shape.equals(other.shape)) {
            throw new AlgebraException(
                    "shape.mismatch", "tensors", "shapes " + shape + " and " + other.shape + " differ", "");
        }
        double[] result = new double[numbers.length];
        for (int position = 0; position < result.length; position++) {
            result[position] = function.applyAsDouble(numbers[position], other.numbers[position]);
        }
        return new Tensor(shape, result);
    }

    /// The same numbers in another shape of equal size.
    public Tensor reshape(Shape other) {
        return other.size() == numbers.length ? new Tensor(other, numbers) : of(other, numbers);
    }

    /// These numbers repeated to fill a larger shape.
    public Tensor broadcast(Shape larger) {
        int[] sources = larger.sources(shape);
        double[] result = new double[sources.length];
        for (int position = 0; position < result.length; position++) {
            result[position] = numbers[sources[position]];
        }
        return new Tensor(larger, result);
    }

    /// Folds into `smaller` what broadcasting it would repeat, in order of position.
    public Tensor reduce(Shape smaller, double start, DoubleBinaryOperator function) {
        int[] targets = shape.sources(smaller);
        double[] result = new double[smaller.size()];
        Arrays.fill(result, start);
        for (int position = 0; position < targets.length; position++) {
            result[targets[position]] = function.applyAsDouble(result[targets[position]], numbers[position]);
        }
        return new Tensor(smaller, result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && shape.equals(tensor.shape) && Arrays.equals(numbers, tensor.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        if (shape.rank() == 0) {
            return brief(numbers[0]);
        }
        return Arrays.stream(numbers).limit(16).mapToObj(Tensor::brief).collect(Collectors.joining(" ", "[", ""))
                + (numbers.length > 16 ? " …" : "")
                + "]"
                + (shape.rank() > 1 ? "@" + shape : "");
    }

    /// Whole numbers without their `.0`.
    private static String brief(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }
}
