package org.relata.engine.run;

import java.util.List;
import java.util.Optional;
import org.relata.algebra.kernel.Binary;
import org.relata.engine.kernel.Machine;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// The sums of all groups over the rows of a part, which come in any order.
///
/// @param <A> the arrays that values stand in
final class ScatterFold<A> {
    private final Lanes<A> lanes;
    private final Summand summand;
    private final int width;
    private final int numbers;
    private final A sums;

    ScatterFold(Lanes<A> lanes, Summand summand, Values target) {
        this.lanes = lanes;
        this.summand = summand;
        this.width = target.width();
        this.numbers = target.rows() * width;
        this.sums = lanes.allocate(numbers);
    }

    /// Takes a block that a machine has just computed.
    ///
    /// @param groups of its rows
    void add(Machine<A> machine, int[] groups, int count) {
        switch (summand) {
            case Summand.Value(int register) ->
                lanes.scatterRows(Optional.empty(), machine.register(register), groups, count, width, sums);
            case Summand.Weighted(int weight, int tensor) ->
                lanes.scatterRows(
                        Optional.of(machine.register(weight)), machine.register(tensor), groups, count, width, sums);
            case Summand.Gathered _, Summand.Outer _, Summand.Product _ ->
                throw new IllegalStateException(summand + " is not added row by row");
        }
    }

    /// Puts together the sums of all parts, in order.
    static <A> void merge(List<ScatterFold<A>> parts, Values target) {
        ScatterFold<A> all = parts.getFirst();
        for (ScatterFold<A> part : parts.subList(1, parts.size())) {
            all.lanes.binary(Binary.Operation.ADD, all.sums, 0, part.sums, 0, all.sums, 0, all.numbers);
        }
        all.lanes.store(all.sums, 0, target.segment(), 0, all.numbers);
    }
}
