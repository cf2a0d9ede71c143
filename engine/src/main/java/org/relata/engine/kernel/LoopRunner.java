package org.relata.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relata.engine.keys.RowMap;
import org.relata.engine.lanes.FarRows;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Gives loops what they work on, for one machine.
final class LoopRunner {
    private final Registers registers;
    private final int[] rows;
    private final Map<Task.Fused, Given> given = new IdentityHashMap<>();

    /// The registers of a machine.
    interface Registers {
        /// The array of a register.
        Object array(int register);

        /// Where the rows that are worked on begin in it.
        int at(int register);
    }

    /// What a loop is given.
    ///
    /// @param absent a row of zeros
    private record Given(Object[] arrays, int[] starts, long[][] lists, MemorySegment absent) {}

    /// @param mostRows that are worked on at a time
    LoopRunner(Registers registers, int mostRows) {
        this.registers = registers;
        this.rows = new int[mostRows];
    }

    /// Does `count` rows, the first of them the region's row `from`.
    void run(Task.Fused task, int from, int count) {
        Given now = given.computeIfAbsent(task, this::given);
        List<Integer> arrays = task.arrays();
        for (int each = 0; each < now.starts.length; each++) {
            now.starts[each] = registers.at(arrays.get(each));
        }
        for (int each = 0; each < now.lists.length; each++) {
            list(task, task.lists().get(each), from, count, now.lists[each], now.absent);
        }
        task.loop().run(now.arrays, now.starts, now.lists, task.flat() ? count * task.width() : count);
    }

    private Given given(Task.Fused task) {
        Object[] arrays = task.arrays().stream().map(registers::array).toArray();
        long[][] lists = IntStream.range(0, task.lists().size())
                .mapToObj(_ -> new long[rows.length])
                .toArray(long[][]::new);
        long bytes = lists.length == 0 ? 1 : (long) task.width() * Double.BYTES + FarRows.BEYOND;
        return new Given(arrays, new int[arrays.length], lists, Arena.ofAuto().allocate(bytes, Long.BYTES));
    }

    private void list(Task.Fused task, Source.Tuples tuples, int from, int count, long[] to, MemorySegment absent) {
        Values values = tuples.slot().values();
        long start = values.segment().address();
        Precision precision = values.precision();
        int bytes = task.width() * precision.bytes();
        switch (tuples.map()) {
            case RowMap.Identity _ -> {
                for (int row = 0; row < count; row++) {
                    to[row] = start + (long) (from + row) * bytes;
                }
            }
            case RowMap.Single _ -> throw new IllegalStateException("one row is no list");
            case RowMap.Indexed indexed -> {
                indexed.rows().copy(from, rows, count);
                for (int row = 0; row < count; row++) {
                    assert rows[row] < values.rows();
                    to[row] = rows[row] < 0 ? absent.address() : start + (long) rows[row] * bytes;
                }
                if (FarRows.isFar(values.segment())) {
                    FarRows.touch(to, count, bytes);
                }
            }
        }
    }
}
