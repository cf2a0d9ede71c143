package org.relata.algebra.key;

import java.util.List;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;

/// The key attributes that terms may refer to.
///
/// @param place the operator, for messages
/// @param left of the left, or only, input
/// @param right of the right input; empty for an operator of one input
public record KeyScope(String place, List<Attribute> left, List<Attribute> right) {
    /// The scope of an operator with one input.
    public KeyScope(String place, List<Attribute> left) {
        this(place, left, List.of());
    }

    /// The attribute that is referred to.
    public Attribute attribute(KeyTerm.Reference reference) {
        return side(reference.side()).get(index(reference));
    }

    /// The value it has in a pair of keys.
    Object value(KeyTerm.Reference reference, Key leftKey, Key rightKey) {
        return (reference.side() == Side.LEFT ? leftKey : rightKey).value(index(reference));
    }

    private int index(KeyTerm.Reference reference) {
        List<Attribute> attributes = side(reference.side());
        for (int index = 0; index < attributes.size(); index++) {
            if (attributes.get(index).name().equals(reference.name())) {
                return index;
            }
        }
        throw new AlgebraException(
                "key.unknown",
                place,
                "no key attribute \"" + reference.name() + "\""
                        + (right.isEmpty() ? "" : " on the " + reference.side()),
                "there are " + attributes);
    }

    private List<Attribute> side(Side side) {
        return side == Side.LEFT ? left : right;
    }
}
