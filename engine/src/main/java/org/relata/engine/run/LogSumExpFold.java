package org.relata.engine.run;

import java.util.Arrays;
import org.relata.engine.kernel.Machine;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// The logarithm of the sum of exponentials, kept as the greatest value and a sum relative to it.
///
/// @param <A> the arrays that values stand in
final class LogSumExpFold<A> implements GroupFold<A> {
    private final Lanes<A> lanes;
    private final int register;
    private final int width;
    private final double[] most;
    private final double[] sums;

    LogSumExpFold(Lanes<A> lanes, int register, int width) {
        this.lanes = lanes;
        this.register = register;
        this.width = width;
        this.most = new double[width];
        this.sums = new double[width];
    }

    @Override
    public void clear() {
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        Arrays.fill(sums, 0);
    }

    @Override
    public void add(Machine<A> machine, int row, int count) {
        A values = machine.register(register);
        for (int element = 0; element < width; element++) {
            double top = most[element];
            for (int each = row; each < row + count; each++) {
                top = Math.max(top, lanes.get(values, each * width + element));
            }
            raise(element, top);
            for (int each = row; each < row + count; each++) {
                sums[element] += Math.exp(lanes.get(values, each * width + element) - anchor(top));
            }
        }
    }

    /// Says the sum relative to a greater value.
    private void raise(int element, double top) {
        if (top != most[element]) {
            sums[element] *= sums[element] == 0 ? 1 : Math.exp(anchor(most[element]) - anchor(top));
            most[element] = top;
        }
    }

    private static double anchor(double top) {
        return Double.isInfinite(top) ? 0 : top;
    }

    @Override
    public void merge(GroupFold<A> later) {
        LogSumExpFold<A> other = (LogSumExpFold<A>) later;
        for (int element = 0; element < width; element++) {
            double top = Math.max(most[element], other.most[element]);
            raise(element, top);
            sums[element] += other.sums[element] == 0
                    ? 0
                    : other.sums[element] * Math.exp(anchor(other.most[element]) - anchor(top));
        }
    }

    @Override
    public void store(Values target, int group) {
        for (int element = 0; element < width; element++) {
            target.set(group, element, anchor(most[element]) + Math.log(sums[element]));
        }
    }
}
