package org.relata.learn.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Rows that go straight into the engine's memory, some thousand at a time, column by column: none of them ever stands
/// in an object, and no array of the heap grows with them.
///
/// @param keys the attributes
/// @param placed whether the only key says in which row a value belongs, counting from 0; what no row is given for is 0
record Streamed(Pieces pieces, List<String> keys, Shape shape, int count, boolean placed) implements RowSource {
    /// Copies.
    Streamed {
        keys = List.copyOf(keys);
        if (placed && keys.size() != 1) {
            throw new IllegalArgumentException("one key says where rows belong, not " + keys);
        }
    }

    /// Takes some rows.
    @FunctionalInterface
    interface Block {
        /// @param from how many rows came before
        void rows(int from, int rows, int[][] keys, float[] values);
    }

    /// Goes through all rows once.
    void each(RowSum sum, Block block) {
        int[] seen = {0};
        BitSet places = new BitSet();
        pieces.each((rows, columns, values) -> {
            for (int row = 0; placed && row < rows; row++) {
                if (places.get(columns[0][row])) {
                    throw new Twice(columns[0][row]);
                }
                places.set(columns[0][row]);
            }
            sum.add(columns, values, rows);
            block.rows(seen[0], rows, columns, values);
            seen[0] += rows;
        });
        if (!placed && seen[0] != count) {
            throw RelataException.failure(
                    "data.changed",
                    "the data",
                    seen[0] + " rows came, not " + count,
                    "leave files as they are meanwhile");
        }
    }

    /// A row came for a place that had one.
    static final class Twice extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final int place;

        Twice(int place) {
            super("row " + place + " came twice");
            this.place = place;
        }

        int place() {
            return place;
        }
    }

    @Override
    public void bind(Runner runner, String name, RowSum sum) {
        if (!(runner instanceof EngineRunner engine)) {
            rows(sum).bind(runner, name);
        } else if (placed) {
            engine.bindDense(
                    name,
                    keys.getFirst(),
                    0,
                    count,
                    shape,
                    room -> each(sum, (_, rows, columns, values) -> {
                        for (int row = 0; row < rows; row++) {
                            copy(values, row, room, columns[0][row], 1);
                        }
                    }));
        } else {
            engine.bindBulk(name, keys, count, shape, (room, numbers) -> fill(room, numbers, sum));
        }
    }

    private void fill(List<Longs> room, Values numbers, RowSum sum) {
        long[] wide = new long[Pieces.MOST];
        each(sum, (from, rows, columns, values) -> {
            for (int column = 0; column < columns.length; column++) {
                for (int row = 0; row < rows; row++) {
                    wide[row] = columns[column][row];
                }
                room.get(column).copy(wide, from, rows);
            }
            copy(values, 0, numbers, from, rows);
        });
    }

    private static void copy(float[] values, int from, Values room, int to, int rows) {
        int width = room.width();
        if (values.length == 0) {
            for (int row = to; row < to + rows; row++) {
                for (int element = 0; element < width; element++) {
                    room.set(row, element, 1);
                }
            }
        } else if (room.precision() == Precision.FLOAT32) {
            MemorySegment.copy(
                    values,
                    from * width,
                    room.segment(),
                    ValueLayout.JAVA_FLOAT,
                    (long) to * width * Float.BYTES,
                    rows * width);
        } else {
            for (int row = 0; row < rows; row++) {
                for (int element = 0; element < width; element++) {
                    room.set(to + row, element, values[(from + row) * width + element]);
                }
            }
        }
    }

    @Override
    public Rows rows() {
        return rows(new RowSum());
    }

    private Rows rows(RowSum sum) {
        int width = shape.size();
        List<int[]> columns = new ArrayList<>();
        keys.forEach(_ -> columns.add(new int[count]));
        float[][] all = {{}};
        each(sum, (from, rows, given, values) -> {
            if (values.length > 0 && all[0].length == 0) {
                all[0] = new float[Math.multiplyExact(count, width)];
            }
            for (int row = 0; row < rows; row++) {
                int to = placed ? given[0][row] : from + row;
                for (int column = 0; column < given.length; column++) {
                    columns.get(column)[to] = given[column][row];
                }
                if (values.length > 0) {
                    System.arraycopy(values, row * width, all[0], to * width, width);
                }
            }
        });
        if (placed) {
            columns.set(0, Rows.upTo(count));
        }
        SequencedMap<String, int[]> named = new LinkedHashMap<>();
        for (int column = 0; column < columns.size(); column++) {
            named.put(keys.get(column), columns.get(column));
        }
        return new Rows(named, shape, all[0]);
    }
}
