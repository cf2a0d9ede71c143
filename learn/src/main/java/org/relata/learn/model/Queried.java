package org.relata.learn.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Rows that a query gives. They go straight into the engine's memory, some thousand at a time, column by column: none
/// of them ever stands in an object, and no array of the heap grows with them.
///
/// @param query columns of type INTEGER for the keys, then of type FLOAT for the numbers of a value; none for 1
/// @param keys the attributes
/// @param placed whether the only key says in which row a value belongs, counting from 0; what no row is given for is 0
record Queried(Scratch scratch, String query, List<String> keys, Shape shape, int count, boolean placed)
        implements RowSource {
    /// The most rows that DuckDB gives at a time.
    private static final int MOST = 2048;

    /// Copies.
    Queried {
        keys = List.copyOf(keys);
        if (placed && keys.size() != 1) {
            throw new IllegalArgumentException("one key says where rows belong, not " + keys);
        }
    }

    /// Takes some rows.
    @FunctionalInterface
    interface Block {
        /// @param from how many rows came before
        /// @param values of these rows, one after the other
        void rows(int from, int rows, int[][] keys, float[] values);
    }

    /// Goes through all rows once.
    void each(RowSum sum, Block block) {
        int[][] columns = new int[keys.size()][MOST];
        int[] width = {-1};
        float[][] values = {{}};
        int[] seen = {0};
        scratch.chunks(query, chunk -> {
            if (width[0] < 0) {
                width[0] = Math.toIntExact(chunk.columnCount()) - columns.length;
                values[0] = new float[MOST * width[0]];
            }
            int rows = read(chunk, columns, values[0], width[0]);
            sum.add(columns, values[0], rows);
            block.rows(seen[0], rows, columns, values[0]);
            seen[0] += rows;
        });
        if (!placed && seen[0] != count) {
            throw RelataException.failure(
                    "data.changed", "the data", seen[0] + " rows came, not " + count, "leave files as they are meanwhile");
        }
    }

    private static int read(DuckDBDataChunkReader chunk, int[][] columns, float[] values, int width) {
        int rows = Math.toIntExact(chunk.rowCount());
        for (int column = 0; column < columns.length; column++) {
            DuckDBReadableVector vector = chunk.vector(column);
            int[] to = columns[column];
            for (int row = 0; row < rows; row++) {
                to[row] = vector.getInt(row);
            }
        }
        for (int element = 0; element < width; element++) {
            DuckDBReadableVector vector = chunk.vector(columns.length + element);
            for (int row = 0; row < rows; row++) {
                values[row * width + element] = vector.getFloat(row);
            }
        }
        return rows;
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
        long[] wide = new long[MOST];
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
