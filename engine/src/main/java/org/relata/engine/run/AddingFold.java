package org.relata.engine.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.relata.engine.kernel.Machine;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// Sums of which a multiple is added to what stands at their place.
///
/// @param <A> the arrays that values stand in
final class AddingFold<A> implements GroupFold<A> {
    private final Lanes<A> lanes;
    private final SumFold<A> sums;
    private final double factor;
    private final int width;
    private final int[] one = new int[1];
    /// Sums on the way, outside the heap, where rows of sums are stored: no more numbers than a block's registers hold.
    private Values passing;
    private int[] rows = {};

    AddingFold(Lanes<A> lanes, SumFold<A> sums, double factor, int width) {
        this.lanes = lanes;
        this.sums = sums;
        this.factor = factor;
        this.width = width;
        this.passing = new Values(MemorySegment.NULL, lanes.precision(), 0, width);
    }

    private void makeRoom(int groups) {
        if (passing.rows() < groups) {
            long bytes = Values.bytes(lanes.precision(), groups, width);
            passing = new Values(Arena.ofAuto().allocate(bytes, Long.BYTES), lanes.precision(), groups, width);
            rows = IntStream.range(0, groups).toArray();
        }
    }

    @Override
    public void clear() {
        sums.clear();
    }

    @Override
    public void add(Machine<A> machine, int row, int count) {
        sums.add(machine, row, count);
    }

    @Override
    public void all(Machine<A> machine, int[] starts, int groups, int[] places, Values target) {
        makeRoom(groups);
        sums.all(machine, starts, groups, rows, passing);
        lanes.addToRows(factor, passing.segment(), 0, groups, places, width, target.segment());
    }

    @Override
    public void merge(GroupFold<A> later) {
        sums.merge(((AddingFold<A>) later).sums);
    }

    @Override
    public void store(Values target, int place) {
        makeRoom(1);
        sums.store(passing, 0);
        one[0] = place;
        lanes.addToRows(factor, passing.segment(), 0, 1, one, width, target.segment());
    }
}
