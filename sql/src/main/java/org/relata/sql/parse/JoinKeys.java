package org.relata.sql.parse;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyPredicate.Compare;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;

/// What two relations that are joined know of each other's keys.
final class JoinKeys {
    private JoinKeys() {}

    /// The variables that both know.
    static Set<String> shared(Unit left, Unit right) {
        Set<String> shared = new LinkedHashSet<>(left.keys().keySet());
        shared.retainAll(right.keys().keySet());
        return shared;
    }

    /// Variables as attributes of the left side or else of the right one; others stay.
    static UnaryOperator<KeyTerm> terms(Unit left, Unit right) {
        return reference -> {
            KeyTerm onLeft = left.terms(Side.LEFT).apply(reference);
            return onLeft.equals(reference) && !left.knows(Reduction.variables(reference))
                    ? right.terms(Side.RIGHT).apply(reference)
                    : onLeft;
        };
    }

    /// A condition as an equality of a term over one side and one over the other.
    static Optional<KeyMatch.Equality> equality(KeyPredicate condition, Unit left, Unit right) {
        if (condition instanceof Compare(Comparison comparison, KeyTerm one, KeyTerm other)
                && comparison == Comparison.EQUAL) {
            Set<String> ofOne = Reduction.variables(one);
            Set<String> ofOther = Reduction.variables(other);
            if (left.knows(ofOne) && right.knows(ofOther)) {
                return Optional.of(new KeyMatch.Equality(
                        one.replace(left.terms(Side.LEFT)), other.replace(right.terms(Side.RIGHT))));
            }
            if (left.knows(ofOther) && right.knows(ofOne)) {
                return Optional.of(new KeyMatch.Equality(
                        other.replace(left.terms(Side.LEFT)), one.replace(right.terms(Side.RIGHT))));
            }
        }
        return Optional.empty();
    }

    /// Whether variables, with those that have one value, determine the tuples of all these relations joined.
    static boolean determines(Set<String> variables, Set<String> constant, List<Unit> units) {
        Set<String> known = new HashSet<>(variables);
        known.addAll(constant);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Unit unit : units) {
                grown |= unit.determinedBy(known) && known.addAll(unit.keys().keySet());
            }
        }
        return units.stream().allMatch(unit -> known.containsAll(unit.keys().keySet()));
    }

    /// The name itself or, if it is taken, with a number after it. It is taken from now on.
    static String fresh(String name, Set<String> taken) {
        String fresh = name;
        for (int number = 2; !taken.add(fresh); number++) {
            fresh = name + "_" + number;
        }
        return fresh;
    }
}
