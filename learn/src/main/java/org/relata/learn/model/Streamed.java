package org.relata.learn.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.relata.algebra.run.RowWriter;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;

/// Rows that go straight to where a runner keeps them, some thousand at a time, column by column: none of them ever
/// stands
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
        if (placed) {
            runner.bindRange(
                    name,
                    keys.getFirst(),
                    0,
                    count,
                    shape,
                    room -> each(sum, (_, rows, columns, values) -> {
                        for (int row = 0; row < rows; row++) {
                            write(values, row, room, columns[0][row], 1);
                        }
                    }));
        } else {
            runner.bindRows(
                    name,
                    keys,
                    count,
                    shape,
                    room -> each(sum, (from, rows, columns, values) -> {
                        for (int column = 0; column < columns.length; column++) {
                            room.keys(column, from, columns[column], rows);
                        }
                        write(values, 0, room, from, rows);
                    }));
        }
    }

    private static void write(float[] values, int from, RowWriter room, int to, int rows) {
        if (values.length == 0) {
            room.fill(to, rows, 1);
        } else {
            room.numbers(to, values, from, rows);
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
