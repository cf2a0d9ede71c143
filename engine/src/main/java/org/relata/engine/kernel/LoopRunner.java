package org.relata.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.relata.engine.keys.RowMap;
import org.relata.engine.lanes.FarRows;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Gives loops what they work on, for one machine.
final class LoopRunner {
    /// A row of zeros, for rows that are absent.
    private static final MemorySegment ABSENT =
            Arena.global().allocate((long) Grouping.WIDEST * Double.BYTES + Memory.BEYOND, Double.BYTES);

    private final Registers<?> registers;
    private final int[] rows;
    private final Map<Task.Fused, Given> given = new IdentityHashMap<>();

    /// What a loop is given.
    ///
    /// @param numbers of the registers whose arrays it is given
    private record Given(int[] numbers, Object[] arrays, int[] starts, long[][] lists) {}

    /// @param mostRows that are worked on at a time
    LoopRunner(Registers<?> registers, int mostRows) {
        this.registers = registers;
        this.rows = new int[mostRows];
    }

    /// Does `count` rows, the first of them the region's row `from`.
    void run(Task.Fused task, int from, int count) {
        Given now = given.computeIfAbsent(task, this::given);
        for (int each = 0; each < now.starts.length; each++) {
            now.starts[each] = registers.at(now.numbers[each]);
        }
        for (int each = 0; each < now.lists.length; each++) {
            list(task, task.lists().get(each), from, count, now.lists[each]);
        }
        task.loop().run(now.arrays, now.starts, now.lists, task.flat() ? count * task.width() : count);
    }

    private Given given(Task.Fused task) {
        int[] numbers = IntStream.concat(
                        task.inputs().stream().mapToInt(Integer::intValue),
                        task.filled().stream().mapToInt(Integer::intValue))
                .toArray();
        Object[] arrays = IntStream.of(numbers).mapToObj(registers::array).toArray();
        long[][] lists = IntStream.range(0, task.lists().size())
                .mapToObj(_ -> new long[rows.length])
                .toArray(long[][]::new);
        return new Given(numbers, arrays, new int[arrays.length], lists);
    }

    private void list(Task.Fused task, Source.Tuples tuples, int from, int count, long[] to) {
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
                    to[row] = rows[row] < 0 ? ABSENT.address() : start + (long) rows[row] * bytes;
                }
                if (FarRows.isFar(values.segment())) {
                    FarRows.touch(to, count, bytes);
                }
            }
        }
    }
}
