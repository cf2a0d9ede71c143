package org.relata.engine.keys;

import java.util.List;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyScope;
import org.relata.algebra.value.Attribute.Domain;

/// A condition on keys, ready to be tried on a row of the left relation and one of the right.
@FunctionalInterface
public interface PredicateCode {
    /// Holds for all rows.
    PredicateCode ALWAYS = (_, _) -> true;

    /// Whether it holds.
    boolean holds(int left, int right);

    /// Prepares a condition.
    static PredicateCode of(KeyPredicate predicate, KeySet left, KeySet right, Strings strings) {
        if (predicate.isTrue()) {
            return ALWAYS;
        }
        return switch (predicate) {
            case KeyPredicate.Compare compare -> {
                TermCode first = TermCode.of(compare.left(), left, right, strings);
                TermCode second = TermCode.of(compare.right(), left, right, strings);
                Comparison comparison = compare.comparison();
                KeyScope scope = new KeyScope("predicate", left.attributes(), right.attributes());
                yield compare.left().domain(scope) == Domain.INTEGER
                        ? (one, other) -> comparison.holds(Long.compare(first.at(one, other), second.at(one, other)))
                        : (one, other) -> comparison.holds(
                                strings.string(first.at(one, other)).compareTo(strings.string(second.at(one, other))));
            }
            case KeyPredicate.And and -> {
                List<PredicateCode> parts = and.parts().stream()
                        .map(part -> of(part, left, right, strings))
                        .toList();
                yield (one, other) -> {
                    for (PredicateCode part : parts) {
                        if (!part.holds(one, other)) {
                            return false;
                        }
                    }
                    return true;
                };
            }
            case KeyPredicate.Or or -> {
                List<PredicateCode> parts = or.parts().stream()
                        .map(part -> of(part, left, right, strings))
                        .toList();
                yield (one, other) -> {
                    for (PredicateCode part : parts) {
                        if (part.holds(one, other)) {
                            return true;
                        }
                    }
                    return false;
                };
            }
            case KeyPredicate.Not not -> {
                PredicateCode part = of(not.part(), left, right, strings);
                yield (one, other) -> !part.holds(one, other);
            }
        };
    }
}
