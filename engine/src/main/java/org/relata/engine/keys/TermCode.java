package org.relata.engine.keys;

import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;

/// A term over keys, ready to be worked out for a row of the left relation and one of the right.
@FunctionalInterface
public interface TermCode {
    /// Its value.
    long at(int left, int right);

    /// Prepares a term.
    static TermCode of(KeyTerm term, KeySet left, KeySet right, Strings strings) {
        return switch (term) {
            case KeyTerm.Reference reference -> {
                boolean isLeft = reference.side() == Side.LEFT;
                Column column = (isLeft ? left : right).column(reference.name());
                yield isLeft ? (one, other) -> column.at(one) : (one, other) -> column.at(other);
            }
            case KeyTerm.Literal literal -> {
                long value = literal.value() instanceof Long number ? number : strings.number((String) literal.value());
                yield (one, other) -> value;
            }
            case KeyTerm.Arithmetic arithmetic -> {
                TermCode first = of(arithmetic.left(), left, right, strings);
                TermCode second = of(arithmetic.right(), left, right, strings);
                KeyTerm.Operation operation = arithmetic.operation();
                yield (one, other) -> operation.apply(first.at(one, other), second.at(one, other));
            }
        };
    }
}
