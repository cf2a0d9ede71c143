package org.relata.engine.run;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.relata.algebra.kernel.Binary;
import org.relata.engine.kernel.Machine;
import org.relata.engine.kernel.Step;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// The sum of tensors.
///
/// @param <A> the arrays that values stand in
final class SumFold<A> implements GroupFold<A> {
    private final Lanes<A> lanes;
    private final Summand summand;
    private final int width;
    private final A sum;

    SumFold(Lanes<A> lanes, Summand summand, int width) {
        this.lanes = lanes;
        this.summand = summand;
        this.width = width;
        this.sum = lanes.allocate(width);
    }

    @Override
    public void clear() {
        lanes.fill(sum, 0, width, 0);
    }

    @Override
    public void add(Machine<A> machine, int row, int count) {
        switch (summand) {
            case Summand.Value(int register) -> {
                A values = machine.register(register);
                if (width == 1) {
                    lanes.set(sum, 0, lanes.get(sum, 0) + lanes.sum(values, row, count));
                } else {
                    for (int each = row; each < row + count; each++) {
                        lanes.binary(Binary.Operation.ADD, sum, 0, values, each * width, sum, 0, width);
                    }
                }
            }
            case Summand.Weighted(int weight, int tensor) -> {
                A weights = machine.register(weight);
                A values = machine.register(tensor);
                for (int each = row; each < row + count; each++) {
                    lanes.addScaled(lanes.get(weights, each), values, each * width, sum, 0, width);
                }
            }
            case Summand.Gathered gathered ->
                lanes.addRows(
                        weights(gathered, machine),
                        row,
                        machine.rows(gathered.map()),
                        row,
                        count,
                        gathered.slot().values().segment(),
                        width,
                        sum);
            case Summand.Outer(int left, int right, int m, int n) ->
                lanes.multiply(
                        true,
                        false,
                        m,
                        n,
                        count,
                        machine.register(left),
                        row * m,
                        machine.register(right),
                        row * n,
                        1,
                        sum,
                        0);
            case Summand.Product(Step.Multiply step) -> machine.addProducts(step, row, count, sum);
        }
    }

    @Override
    public void all(Machine<A> machine, int[] starts, int groups, int[] places, Values target) {
        MemorySegment to = target.segment();
        boolean done = switch (summand) {
            case Summand.Value(int register) ->
                lanes.sumGroups(Optional.empty(), machine.register(register), starts, groups, places, width, to);
            case Summand.Weighted(int weight, int tensor) ->
                lanes.sumGroups(
                        Optional.of(machine.register(weight)),
                        machine.register(tensor),
                        starts,
                        groups,
                        places,
                        width,
                        to);
            case Summand.Gathered gathered ->
                lanes.sumGroups(
                        weights(gathered, machine),
                        machine.rows(gathered.map()),
                        gathered.slot().values().segment(),
                        starts,
                        groups,
                        places,
                        width,
                        to);
            case Summand.Outer _, Summand.Product _ -> false;
        };
        if (!done) {
            GroupFold.super.all(machine, starts, groups, places, target);
        }
    }

    private Optional<A> weights(Summand.Gathered gathered, Machine<A> machine) {
        return gathered.weight() < 0 ? Optional.empty() : Optional.of(machine.register(gathered.weight()));
    }

    @Override
    public void merge(GroupFold<A> later) {
        lanes.binary(Binary.Operation.ADD, sum, 0, ((SumFold<A>) later).sum, 0, sum, 0, width);
    }

    @Override
    public void store(Values target, int group) {
        lanes.store(sum, 0, target.segment(), (long) group * width, width);
    }
}
