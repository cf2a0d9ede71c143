package org.relata.algebra;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// How the values of a group become one, element by element. A group is never empty.
public enum Aggregator {
    /// Their sum.
    SUM("sum"),
    /// Their mean.
    MEAN("avg"),
    /// The smallest; equals share the derivative.
    MINIMUM("min"),
    /// The greatest; equals share the derivative.
    MAXIMUM("max"),
    /// How many there are, a scalar.
    COUNT("count"),
    /// Their product. Its derivative is right with zeros and costs the square of the group's size.
    PRODUCT("product"),
    /// The logarithm of the sum of their exponentials.
    LOGSUMEXP("logsumexp"),
    /// The sample variance; a group of one has none, so its tuple is absent.
    VARIANCE("var_samp"),
    /// The sample standard deviation; absent for a group of one. Its derivative where all values are equal is taken as
    /// 0.
    DEVIATION("stddev_samp");

    private final String symbol;

    Aggregator(String symbol) {
        this.symbol = symbol;
    }

    /// As in SQL.
    public String symbol() {
        return symbol;
    }

    /// The shape of the result.
    public Shape shape(Shape input) {
        return this == COUNT ? Shape.SCALAR : input;
    }

    /// The result for the values of one group; empty if a group of this size has none.
    public Optional<Tensor> apply(List<Tensor> values) {
        int count = values.size();
        return switch (this) {
            case SUM -> Optional.of(fold(values, Double::sum));
            case MEAN -> Optional.of(mean(values));
            case MINIMUM -> Optional.of(fold(values, Math::min));
            case MAXIMUM -> Optional.of(fold(values, Math::max));
            case COUNT -> Optional.of(Tensor.scalar(count));
            case PRODUCT -> Optional.of(fold(values, (a, b) -> a * b));
            case LOGSUMEXP -> {
                Tensor most = fold(values, Math::max).map(number -> Double.isInfinite(number) ? 0 : number);
                Tensor sum = fold(
                        values.stream()
                                .map(value -> value.zip(most, (number, top) -> Math.exp(number - top)))
                                .toList(),
                        Double::sum);
                yield Optional.of(most.zip(sum, (top, total) -> top + Math.log(total)));
            }
            case VARIANCE -> count < 2 ? Optional.empty() : Optional.of(variance(values));
            case DEVIATION ->
                count < 2 ? Optional.empty() : Optional.of(variance(values).map(Math::sqrt));
        };
    }

    /// Counted from the first value, so that the mean of equal values is that value to the last bit and their variance
    /// exactly 0:
    /// the derivative of the deviation asks whether it is.
    private static Tensor mean(List<Tensor> values) {
        Tensor first = values.getFirst().map(number -> Double.isFinite(number) ? number : 0);
        Tensor beyond = fold(
                values.stream()
                        .map(value -> value.zip(first, (number, start) -> number - start))
                        .toList(),
                Double::sum);
        return first.zip(beyond, (start, total) -> start + total / values.size());
    }

    private static Tensor variance(List<Tensor> values) {
        Tensor mean = mean(values);
        List<Tensor> squares = values.stream()
                .map(value -> value.zip(mean, (number, middle) -> (number - middle) * (number - middle)))
                .toList();
        return fold(squares, Double::sum).map(total -> total / (values.size() - 1));
    }

    private static Tensor fold(List<Tensor> values, DoubleBinaryOperator function) {
        return values.stream().reduce((a, b) -> a.zip(b, function)).orElseThrow();
    }
}
