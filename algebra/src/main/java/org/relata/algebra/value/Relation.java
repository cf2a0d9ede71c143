package org.relata.algebra.value;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A finite map from keys to tensors of one shape, in key order. It is meant for tests, small data and the reference
/// interpreter: everything is held as Java objects.
///
/// @param attributes of the key, in order
/// @param shape of every value
/// @param tuples what is present
public record Relation(List<Attribute> attributes, Shape shape, NavigableMap<Key, Tensor> tuples) {
    /// Checks every tuple.
    public Relation {
        attributes = List.copyOf(attributes);
        tuples = Collections.unmodifiableNavigableMap(new TreeMap<>(tuples));
        for (var tuple : tuples.entrySet()) {
            check(attributes, shape, tuple.getKey(), tuple.getValue());
        }
    }

    /// A relation without tuples.
    public static Relation empty(List<Attribute> attributes, Shape shape) {
        return new Relation(attributes, shape, new TreeMap<>());
    }

    /// The relation of one scalar under the key ⟨⟩.
    public static Relation scalar(double number) {
        return empty(List.of(), Shape.SCALAR).plus(Key.EMPTY, Tensor.scalar(number));
    }

    /// This relation with one more (or another) tuple.
    public Relation plus(Key key, Tensor value) {
        NavigableMap<Key, Tensor> more = new TreeMap<>(tuples);
        more.put(key, value);
        return new Relation(attributes, shape, more);
    }

    /// The value of a key, when present.
    public Optional<Tensor> get(Key key) {
        return Optional.ofNullable(tuples.get(key));
    }

    /// How many tuples there are.
    public int size() {
        return tuples.size();
    }

    private static void check(List<Attribute> attributes, Shape shape, Key key, Tensor value) {
        boolean fits = key.values().size() == attributes.size();
        for (int index = 0; fits && index < attributes.size(); index++) {
            fits = (key.value(index) instanceof Long) == (attributes.get(index).domain() == Attribute.Domain.INTEGER);
        }
        if (!fits) {
            throw new AlgebraException(
                    "key.type", "key " + key, "it does not fit the attributes " + attributes, "give one value each");
        }
        if (!value.shape().equals(shape)) {
            throw new AlgebraException(
                    "shape.mismatch",
                    "key " + key,
                    "its value has shape " + value.shape() + ", the relation " + shape,
                    "values of a relation share one shape");
        }
    }
}
