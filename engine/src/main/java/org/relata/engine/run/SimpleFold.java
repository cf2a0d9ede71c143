package org.relata.engine.run;

import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.Binary;
import org.relata.engine.kernel.Machine;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// The smallest, the greatest, or the product: one operation between each value and the next.
///
/// @param <A> the arrays that values stand in
final class SimpleFold<A> implements GroupFold<A> {
    private final Binary.Operation operation;
    private final Lanes<A> lanes;
    private final int register;
    private final int width;
    private final double neutral;
    private final A result;

    SimpleFold(Aggregator aggregator, Lanes<A> lanes, int register, int width) {
        this.operation = switch (aggregator) {
            case MINIMUM -> Binary.Operation.MINIMUM;
            case MAXIMUM -> Binary.Operation.MAXIMUM;
            case PRODUCT -> Binary.Operation.MULTIPLY;
            case SUM, MEAN, COUNT, LOGSUMEXP, VARIANCE, DEVIATION ->
                throw new IllegalArgumentException(aggregator + " is not one operation");
        };
        this.neutral = switch (operation) {
            case MINIMUM -> Double.POSITIVE_INFINITY;
            case MAXIMUM -> Double.NEGATIVE_INFINITY;
            default -> 1;
        };
        this.lanes = lanes;
        this.register = register;
        this.width = width;
        this.result = lanes.allocate(width);
    }

    @Override
    public void clear() {
        lanes.fill(result, 0, width, neutral);
    }

    @Override
    public void add(Machine<A> machine, int row, int count) {
        A values = machine.register(register);
        for (int each = row; each < row + count; each++) {
            lanes.binary(operation, result, 0, values, each * width, result, 0, width);
        }
    }

    @Override
    public void merge(GroupFold<A> later) {
        lanes.binary(operation, result, 0, ((SimpleFold<A>) later).result, 0, result, 0, width);
    }

    @Override
    public void store(Values target, int group) {
        lanes.store(result, 0, target.segment(), (long) group * width, width);
    }
}
