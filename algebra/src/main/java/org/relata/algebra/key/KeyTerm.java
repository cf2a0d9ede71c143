package org.relata.algebra.key;

import java.util.function.UnaryOperator;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.algebra.value.Key;

/// A value computed from keys. It is walked by recursion, which its bounds allow: at most 1,000 operators on top of
/// each
/// other, and 10,000 parts.
public sealed interface KeyTerm {
    /// A key attribute.
    record Reference(Side side, String name) implements KeyTerm {
        @Override
        public String toString() {
            return side == Side.LEFT ? name : name + "ʳ";
        }
    }

    /// A fixed value: a `Long` or a `String`.
    record Literal(Object value) implements KeyTerm {
        /// Checks the value.
        public Literal {
            if (!(value instanceof Long) && !(value instanceof String)) {
                throw new AlgebraException(
                        "key.value", "key literal", value + " is neither a long nor a string", "convert it");
            }
        }

        @Override
        public String toString() {
            return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
        }
    }

    /// Integer arithmetic. Division drops the fraction and a remainder has the sign of the dividend, as in PostgreSQL;
    /// overflow and division by zero are errors.
    record Arithmetic(Operation operation, KeyTerm left, KeyTerm right) implements KeyTerm {
        /// Checks the bounds.
        public Arithmetic {
            Bounds.check(left, right);
        }

        @Override
        public String toString() {
            return "(" + left + " " + operation.symbol + " " + right + ")";
        }
    }

    /// What arithmetic there is.
    enum Operation {
        /// Sum.
        PLUS("+"),
        /// Difference.
        MINUS("-"),
        /// Product.
        TIMES("*"),
        /// Quotient without its fraction.
        DIVIDED_BY("/"),
        /// Remainder.
        MODULO("%");

        private final String symbol;

        Operation(String symbol) {
            this.symbol = symbol;
        }

        /// As in SQL.
        public String symbol() {
            return symbol;
        }

        /// Its value.
        public long apply(long left, long right) {
            try {
                return switch (this) {
                    case PLUS -> Math.addExact(left, right);
                    case MINUS -> Math.subtractExact(left, right);
                    case TIMES -> Math.multiplyExact(left, right);
                    case DIVIDED_BY -> Math.divideExact(left, right);
                    case MODULO -> left % right;
                };
            } catch (ArithmeticException e) {
                throw new AlgebraException(
                        "key.arithmetic",
                        left + " " + symbol + " " + right,
                        "the result is not a 64-bit integer",
                        "exclude such keys");
            }
        }
    }

    /// An attribute of the left, or only, input.
    static KeyTerm left(String name) {
        return new Reference(Side.LEFT, name);
    }

    /// An attribute of the right input.
    static KeyTerm right(String name) {
        return new Reference(Side.RIGHT, name);
    }

    /// A fixed integer.
    static KeyTerm literal(long value) {
        return new Literal(value);
    }

    /// A fixed string.
    static KeyTerm literal(String value) {
        return new Literal(value);
    }

    /// This plus another.
    default KeyTerm plus(KeyTerm other) {
        return new Arithmetic(Operation.PLUS, this, other);
    }

    /// This minus another.
    default KeyTerm minus(KeyTerm other) {
        return new Arithmetic(Operation.MINUS, this, other);
    }

    /// This times another.
    default KeyTerm times(KeyTerm other) {
        return new Arithmetic(Operation.TIMES, this, other);
    }

    /// This divided by another, without the fraction.
    default KeyTerm dividedBy(KeyTerm other) {
        return new Arithmetic(Operation.DIVIDED_BY, this, other);
    }

    /// The remainder of this by another.
    default KeyTerm modulo(KeyTerm other) {
        return new Arithmetic(Operation.MODULO, this, other);
    }

    /// The domain of its values; an unknown attribute or arithmetic on strings is an error.
    default Domain domain(KeyScope scope) {
        return switch (this) {
            case Reference reference -> scope.attribute(reference).domain();
            case Literal literal -> literal.value() instanceof Long ? Domain.INTEGER : Domain.TEXT;
            case Arithmetic arithmetic -> {
                if (arithmetic.left.domain(scope) == Domain.TEXT || arithmetic.right.domain(scope) == Domain.TEXT) {
                    throw new AlgebraException(
                            "key.type", scope.place(), this + " computes with a string", "use integers");
                }
                yield Domain.INTEGER;
            }
        };
    }

    /// Its value for a pair of keys.
    default Object value(KeyScope scope, Key leftKey, Key rightKey) {
        return switch (this) {
            case Reference reference -> scope.value(reference, leftKey, rightKey);
            case Literal literal -> literal.value();
            case Arithmetic arithmetic ->
                arithmetic.operation.apply((Long) arithmetic.left.value(scope, leftKey, rightKey), (Long)
                        arithmetic.right.value(scope, leftKey, rightKey));
        };
    }

    /// This term with every reference replaced.
    default KeyTerm replace(UnaryOperator<KeyTerm> references) {
        return switch (this) {
            case Reference reference -> references.apply(reference);
            case Literal literal -> literal;
            case Arithmetic arithmetic ->
                new Arithmetic(
                        arithmetic.operation,
                        arithmetic.left.replace(references),
                        arithmetic.right.replace(references));
        };
    }
}
