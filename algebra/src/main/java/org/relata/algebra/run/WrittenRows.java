package org.relata.algebra.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Rows that become a relation of objects.
final class WrittenRows implements RowWriter {
    private final Shape shape;
    private final long[][] keys;
    private final double[][] numbers;

    WrittenRows(int attributes, int count, Shape shape) {
        this.shape = shape;
        this.keys = new long[attributes][count];
        this.numbers = new double[count][shape.size()];
    }

    @Override
    public void key(int attribute, int row, long value) {
        keys[attribute][row] = value;
    }

    @Override
    public void number(int row, int element, double number) {
        numbers[row][element] = number;
    }

    @Override
    public int width() {
        return shape.size();
    }

    Relation relation(List<String> attributes) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int row = 0; row < numbers.length; row++) {
            int at = row;
            List<Object> key = new ArrayList<>();
            Arrays.stream(keys).forEach(column -> key.add(column[at]));
            tuples.put(new Key(key), Tensor.of(shape, numbers[row]));
        }
        return new Relation(attributes.stream().map(Attribute::integer).toList(), shape, tuples);
    }
}
