package org.relata.learn.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.relata.algebra.run.RowWriter;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A relation in arrays: a column for each integer key, and the numbers of its values row after row. A runner that
/// keeps rows takes it as it is; others get it tuple by tuple.
///
/// @param keys by attribute, in the order of the key
/// @param shape of a value
/// @param values all numbers; none at all where every value is 1
record Rows(SequencedMap<String, int[]> keys, Shape shape, float[] values) implements RowSource {
    /// Checks that all columns are equally long.
    Rows {
        keys = new LinkedHashMap<>(keys);
        int count = count(keys);
        boolean even = keys.values().stream().allMatch(column -> column.length == count);
        if (!even || (values.length != 0 && values.length != (long) count * shape.size())) {
            throw new AlgebraException(
                    "rows.length",
                    "columns " + keys.keySet(),
                    "they differ in length, or values do not go with them",
                    "give a key and a value for each row");
        }
    }

    /// Rows of one key.
    static Rows of(String key, int[] column, Shape shape, float[] values) {
        return new Rows(new LinkedHashMap<>(Map.of(key, column)), shape, values);
    }

    /// Rows of two keys.
    static Rows of(String first, int[] left, String second, int[] right, float[] values) {
        SequencedMap<String, int[]> keys = new LinkedHashMap<>();
        keys.put(first, left);
        keys.put(second, right);
        return new Rows(keys, Shape.SCALAR, values);
    }

    /// The keys 0, 1, 2, … of so many rows.
    static int[] upTo(int count) {
        int[] all = new int[count];
        for (int index = 0; index < count; index++) {
            all[index] = index;
        }
        return all;
    }

    /// The same in random order.
    static int[] shuffled(int count, SplittableRandom random) {
        int[] order = upTo(count);
        for (int index = count - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            int swapped = order[index];
            order[index] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    /// The rows whose first key is one of some numbers, where its column is in order.
    ///
    /// @param sorted each once
    Rows only(int[] sorted) {
        int[] first = keys.firstEntry().getValue();
        IntStream.Builder found = IntStream.builder();
        for (int number : sorted) {
            for (int row = lowest(first, number); row < first.length && first[row] == number; row++) {
                found.add(row);
            }
        }
        int[] rows = found.build().toArray();
        SequencedMap<String, int[]> columns = new LinkedHashMap<>();
        keys.forEach((key, column) ->
                columns.put(key, Arrays.stream(rows).map(row -> column[row]).toArray()));
        int width = values.length == 0 ? 0 : shape.size();
        float[] numbers = new float[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(values, rows[row] * width, numbers, row * width, width);
        }
        return new Rows(columns, shape, numbers);
    }

    /// The first row in which a sorted column holds a number, or would.
    private static int lowest(int[] column, int number) {
        int from = 0;
        for (int to = column.length; from < to; ) {
            int middle = (from + to) >>> 1;
            if (column[middle] < number) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    @Override
    public int count() {
        return count(keys);
    }

    private static int count(SequencedMap<String, int[]> keys) {
        return keys.firstEntry().getValue().length;
    }

    @Override
    public Rows rows() {
        return this;
    }

    @Override
    public void bind(Runner runner, String name, RowSum sum) {
        sum.add(keys.values().toArray(int[][]::new), values, count());
        bind(runner, name);
    }

    /// Makes it what programs see under a name.
    void bind(Runner runner, String name) {
        int[] only = keys.firstEntry().getValue();
        if (keys.size() == 1 && consecutive(only)) {
            runner.bindRange(name, keys.firstEntry().getKey(), only[0], only.length, shape, this::fill);
        } else {
            runner.bindRows(name, List.copyOf(keys.keySet()), count(), shape, room -> {
                int attribute = 0;
                for (int[] column : keys.values()) {
                    room.keys(attribute++, 0, column, column.length);
                }
                fill(room);
            });
        }
    }

    private static boolean consecutive(int[] column) {
        for (int row = 1; row < column.length; row++) {
            if (column[row] != column[0] + row) {
                return false;
            }
        }
        return column.length > 0;
    }

    private void fill(RowWriter room) {
        if (values.length == 0) {
            room.fill(0, count(), 1);
        } else {
            room.numbers(0, values, 0, count());
        }
    }

    /// The same as a relation.
    Relation relation() {
        List<Attribute> attributes = new ArrayList<>();
        keys.keySet().forEach(key -> attributes.add(Attribute.integer(key)));
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        int width = shape.size();
        for (int row = 0; row < count(); row++) {
            List<Object> key = new ArrayList<>();
            for (int[] column : keys.values()) {
                key.add((long) column[row]);
            }
            double[] numbers = new double[width];
            for (int element = 0; element < width; element++) {
                numbers[element] = values.length == 0 ? 1 : values[row * width + element];
            }
            tuples.put(new Key(key), Tensor.of(shape, numbers));
        }
        return new Relation(attributes, shape, tuples);
    }
}
