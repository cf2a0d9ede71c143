package org.relata.algebra.value;

import java.util.List;
import java.util.stream.Collectors;

/// A tuple of attribute values, in the order of a relation's key attributes.
///
/// @param values each a `Long` or a `String`
public record Key(List<Object> values) implements Comparable<Key> {
    /// The key without attributes, ⟨⟩.
    public static final Key EMPTY = new Key(List.of());

    /// Checks the values.
    public Key {
        values = List.copyOf(values);
        for (Object value : values) {
            if (!(value instanceof Long) && !(value instanceof String)) {
                throw new AlgebraException(
                        "key.value", "key " + values, value + " is neither a long nor a string", "convert it");
            }
        }
    }

    /// A key of integers and strings; `int` is widened.
    public static Key of(Object... values) {
        return new Key(List.of(values).stream()
                .map(value -> value instanceof Integer number ? (Object) number.longValue() : value)
                .toList());
    }

    /// The value of one attribute.
    public Object value(int attribute) {
        return values.get(attribute);
    }

    /// Integers before strings, each in their own order.
    public static int compare(Object left, Object right) {
        if (left instanceof Long first && right instanceof Long second) {
            return Long.compare(first, second);
        }
        if (left instanceof String first && right instanceof String second) {
            return first.compareTo(second);
        }
        return left instanceof Long ? -1 : 1;
    }

    @Override
    public int compareTo(Key other) {
        for (int attribute = 0; attribute < Math.min(values.size(), other.values.size()); attribute++) {
            int order = compare(value(attribute), other.value(attribute));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(values.size(), other.values.size());
    }

    @Override
    public String toString() {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", ", "⟨", "⟩"));
    }
}
