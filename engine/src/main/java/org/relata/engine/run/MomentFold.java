package org.relata.engine.run;

import java.util.Arrays;
import org.relata.algebra.Aggregator;
import org.relata.engine.kernel.Machine;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// The mean, the sample variance, or its root, from sums of what values are beyond the first one: so the mean of equal
/// values is that value to the last bit, and their variance exactly 0.
///
/// @param <A> the arrays that values stand in
final class MomentFold<A> implements GroupFold<A> {
    private final Aggregator aggregator;
    private final Lanes<A> lanes;
    private final int register;
    private final int width;
    private final double[] first;
    private final double[] sums;
    private final double[] squares;
    private long count;

    MomentFold(Aggregator aggregator, Lanes<A> lanes, int register, int width) {
        this.aggregator = aggregator;
        this.lanes = lanes;
        this.register = register;
        this.width = width;
        this.first = new double[width];
        this.sums = new double[width];
        this.squares = new double[width];
    }

    @Override
    public void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
        count = 0;
    }

    @Override
    public void add(Machine<A> machine, int row, int rows) {
        A values = machine.register(register);
        if (count == 0) {
            for (int element = 0; element < width; element++) {
                double value = lanes.get(values, row * width + element);
                first[element] = Double.isFinite(value) ? value : 0;
            }
        }
        for (int each = row; each < row + rows; each++) {
            for (int element = 0; element < width; element++) {
                double beyond = lanes.get(values, each * width + element) - first[element];
                sums[element] += beyond;
                squares[element] += beyond * beyond;
            }
        }
        count += rows;
    }

    @Override
    public void merge(GroupFold<A> later) {
        MomentFold<A> other = (MomentFold<A>) later;
        for (int element = 0; element < width; element++) {
            double shift = other.first[element] - first[element];
            squares[element] += other.squares[element] + shift * (2 * other.sums[element] + shift * other.count);
            sums[element] += other.sums[element] + shift * other.count;
        }
        count += other.count;
    }

    @Override
    public void store(Values target, int group) {
        for (int element = 0; element < width; element++) {
            double mean = sums[element] / count;
            double variance = Math.max(0, squares[element] - sums[element] * mean) / (count - 1);
            target.set(
                    group,
                    element,
                    switch (aggregator) {
                        case MEAN -> first[element] + mean;
                        case VARIANCE -> variance;
                        case DEVIATION -> Math.sqrt(variance);
                        case SUM, MINIMUM, MAXIMUM, COUNT, PRODUCT, LOGSUMEXP ->
                            throw new IllegalStateException(aggregator + " is no moment");
                    });
        }
    }
}
