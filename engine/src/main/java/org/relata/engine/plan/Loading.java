package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.Strings;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Relations of the algebra in the engine's memory, and back.
public final class Loading {
    private Loading() {}

    /// The keys of a relation.
    public static KeySet keys(Relation relation, Strings strings, Memory.Scope scope) {
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < relation.attributes().size(); index++) {
            Longs values = Longs.of(scope, relation.size());
            int row = 0;
            for (Key key : relation.tuples().keySet()) {
                values.set(row++, number(key.value(index), strings));
            }
            columns.add(Column.of(new Column.Stored(values), relation.size()));
        }
        return new KeySet(relation.attributes(), columns, relation.size());
    }

    private static long number(Object value, Strings strings) {
        return value instanceof Long number ? number : strings.number((String) value);
    }

    /// The values of a relation.
    public static Values values(Relation relation, Precision precision, Memory.Scope scope) {
        Values values =
                Values.of(scope, precision, relation.size(), relation.shape().size());
        int row = 0;
        for (Tensor tensor : relation.tuples().values()) {
            for (int element = 0; element < values.width(); element++) {
                values.set(row, element, tensor.at(element));
            }
            row++;
        }
        return values;
    }

    /// A relation as the algebra holds it.
    public static Relation relation(KeySet keys, Values values, Shape shape, Strings strings) {
        Map<Key, Tensor> tuples = new TreeMap<>();
        for (int row = 0; row < keys.rows(); row++) {
            List<Object> key = new ArrayList<>();
            for (int index = 0; index < keys.attributes().size(); index++) {
                long number = keys.columns().get(index).at(row);
                key.add(
                        keys.attributes().get(index).domain() == Attribute.Domain.TEXT
                                ? strings.string(number)
                                : (Object) number);
            }
            double[] numbers = new double[values.width()];
            for (int element = 0; element < numbers.length; element++) {
                numbers[element] = values.get(row, element);
            }
            tuples.put(new Key(key), Tensor.of(shape, numbers));
        }
        return new Relation(keys.attributes(), shape, new TreeMap<>(tuples));
    }
}
