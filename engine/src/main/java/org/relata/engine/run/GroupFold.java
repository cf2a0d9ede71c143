package org.relata.engine.run;

import org.relata.algebra.Aggregator;
import org.relata.engine.kernel.Machine;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// The values of a group, or of a part of one, as they come.
///
/// @param <A> the arrays that values stand in
interface GroupFold<A> {
    /// Forgets all values.
    void clear();

    /// Takes the values of `count` rows of the block that a machine has just computed, from its row `row` on.
    void add(Machine<A> machine, int row, int count);

    /// Folds groups of rows of the block from scratch, and stores each.
    ///
    /// @param starts where groups begin, and at the end where the last one ends
    /// @param places the rows of the target in which they are stored
    default void all(Machine<A> machine, int[] starts, int groups, int[] places, Values target) {
        for (int group = 0; group < groups; group++) {
            clear();
            add(machine, starts[group], starts[group + 1] - starts[group]);
            store(target, places[group]);
        }
    }

    /// Takes the values of a later part of the same group.
    void merge(GroupFold<A> later);

    /// Writes the result for a group.
    void store(Values target, int group);

    /// A fold of values that a machine leaves in one register.
    static <A> GroupFold<A> of(Aggregator aggregator, Lanes<A> lanes, int register, int width) {
        return switch (aggregator) {
            case SUM -> new SumFold<>(lanes, new Summand.Value(register), width);
            case MEAN, VARIANCE, DEVIATION -> new MomentFold<>(aggregator, lanes, register, width);
            case MINIMUM, MAXIMUM, PRODUCT -> new SimpleFold<>(aggregator, lanes, register, width);
            case LOGSUMEXP -> new LogSumExpFold<>(lanes, register, width);
            case COUNT -> throw new IllegalArgumentException("keys alone tell how many there are");
        };
    }
}
