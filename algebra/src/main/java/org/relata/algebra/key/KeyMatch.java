package org.relata.algebra.key;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.relata.algebra.value.AlgebraException;

/// Which pairs of tuples a join combines: equalities that a runner can hash or sort by, and a rest.
///
/// @param equalities each a term over the left key and one over the right key
/// @param residual any further condition
public record KeyMatch(List<Equality> equalities, KeyPredicate residual) {
    /// A term over the left key that must equal a term over the right key.
    public record Equality(KeyTerm left, KeyTerm right) {
        @Override
        public String toString() {
            return left + " = " + right;
        }
    }

    /// Copies.
    public KeyMatch {
        equalities = List.copyOf(equalities);
    }

    /// Every pair.
    public static KeyMatch everything() {
        return new KeyMatch(List.of(), KeyPredicate.always());
    }

    /// Attributes of the same name.
    public static KeyMatch on(String... names) {
        return new KeyMatch(
                Stream.of(names)
                        .map(name -> new Equality(KeyTerm.left(name), KeyTerm.right(name)))
                        .toList(),
                KeyPredicate.always());
    }

    /// This match and one more equality.
    public KeyMatch and(KeyTerm left, KeyTerm right) {
        List<Equality> more = new ArrayList<>(equalities);
        more.add(new Equality(left, right));
        return new KeyMatch(more, residual);
    }

    /// This match and one more condition.
    public KeyMatch and(KeyPredicate condition) {
        return new KeyMatch(equalities, residual.and(condition));
    }

    /// Fails on unknown attributes, comparisons across domains, and terms over the wrong side.
    public void check(KeyScope scope) {
        KeyScope left = new KeyScope(scope.place() + ", left of =", scope.left());
        KeyScope right = new KeyScope(scope.place() + ", right of =", List.of(), scope.right());
        for (Equality equality : equalities) {
            if (equality.left.domain(left) != equality.right.domain(right)) {
                throw new AlgebraException(
                        "key.type", scope.place(), equality + " compares an integer with a string", "");
            }
        }
        residual.check(scope);
    }

    @Override
    public String toString() {
        List<String> parts =
                new ArrayList<>(equalities.stream().map(Equality::toString).toList());
        if (!residual.isTrue()) {
            parts.add(residual.toString());
        }
        return parts.isEmpty() ? "true" : String.join(" and ", parts);
    }
}
