package org.relata.algebra.key;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;

/// A condition on keys. It is walked by recursion, which its bounds allow: at most 1,000 of `and`, `or` and `not` on
/// top of
/// each other, and a million parts, those of terms included.
public sealed interface KeyPredicate {
    /// A comparison of two terms of one domain.
    record Compare(Comparison comparison, KeyTerm left, KeyTerm right) implements KeyPredicate {
        @Override
        public String toString() {
            return left + " " + comparison.symbol() + " " + right;
        }
    }

    /// All of them; none means true.
    record And(List<KeyPredicate> parts) implements KeyPredicate {
        /// Copies and checks the bounds.
        public And {
            parts = List.copyOf(parts);
            Bounds.check(parts);
        }

        @Override
        public String toString() {
            return parts.isEmpty()
                    ? "true"
                    : parts.stream().map(String::valueOf).collect(Collectors.joining(" and "));
        }
    }

    /// At least one of them.
    record Or(List<KeyPredicate> parts) implements KeyPredicate {
        /// Copies and checks the bounds.
        public Or {
            parts = List.copyOf(parts);
            Bounds.check(parts);
        }

        @Override
        public String toString() {
            return parts.stream().map(String::valueOf).collect(Collectors.joining(" or ", "(", ")"));
        }
    }

    /// The opposite.
    record Not(KeyPredicate part) implements KeyPredicate {
        /// Checks the bounds.
        public Not {
            Bounds.check(List.of(part));
        }

        @Override
        public String toString() {
            return "not (" + part + ")";
        }
    }

    /// Holds always.
    static KeyPredicate always() {
        return new And(List.of());
    }

    /// A comparison.
    static KeyPredicate compare(KeyTerm left, Comparison comparison, KeyTerm right) {
        return new Compare(comparison, left, right);
    }

    /// Equality.
    static KeyPredicate equal(KeyTerm left, KeyTerm right) {
        return new Compare(Comparison.EQUAL, left, right);
    }

    /// Both; what is always true leaves no trace.
    default KeyPredicate and(KeyPredicate other) {
        List<KeyPredicate> parts = new ArrayList<>();
        for (KeyPredicate each : List.of(this, other)) {
            if (each instanceof And(List<KeyPredicate> inner)) {
                parts.addAll(inner);
            } else {
                parts.add(each);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new And(parts);
    }

    /// Either.
    default KeyPredicate or(KeyPredicate other) {
        return new Or(List.of(this, other));
    }

    /// The opposite.
    default KeyPredicate not() {
        return new Not(this);
    }

    /// Whether it says nothing.
    default boolean isTrue() {
        return equals(always());
    }

    /// Fails on unknown attributes and on comparisons across domains.
    default void check(KeyScope scope) {
        switch (this) {
            case Compare compare -> {
                if (compare.left.domain(scope) != compare.right.domain(scope)) {
                    throw new AlgebraException(
                            "key.type", scope.place(), this + " compares an integer with a string", "");
                }
            }
            case And and -> and.parts.forEach(part -> part.check(scope));
            case Or or -> or.parts.forEach(part -> part.check(scope));
            case Not not -> not.part.check(scope);
        }
    }

    /// Whether it holds for a pair of keys.
    default boolean holds(KeyScope scope, Key leftKey, Key rightKey) {
        return switch (this) {
            case Compare compare ->
                compare.comparison.holds(Key.compare(
                        compare.left.value(scope, leftKey, rightKey), compare.right.value(scope, leftKey, rightKey)));
            case And and -> and.parts.stream().allMatch(part -> part.holds(scope, leftKey, rightKey));
            case Or or -> or.parts.stream().anyMatch(part -> part.holds(scope, leftKey, rightKey));
            case Not not -> !not.part.holds(scope, leftKey, rightKey);
        };
    }

    /// This condition with every reference replaced.
    default KeyPredicate replace(UnaryOperator<KeyTerm> references) {
        return switch (this) {
            case Compare compare ->
                new Compare(compare.comparison, compare.left.replace(references), compare.right.replace(references));
            case And and ->
                new And(and.parts.stream().map(part -> part.replace(references)).toList());
            case Or or ->
                new Or(or.parts.stream().map(part -> part.replace(references)).toList());
            case Not not -> new Not(not.part.replace(references));
        };
    }
}
