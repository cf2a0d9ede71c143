package org.relata.algebra.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;

/// An equality of two attributes, one of each side, that stands among the further conditions of a join becomes part of
/// its
/// match: runners hash by it, and types learn from it.
record MatchEqualities() implements Rewrite {
    @Override
    public String name() {
        return "match-equalities";
    }

    @Override
    public String what() {
        return "a condition that an attribute of the left side equals one of the right side joins the match";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        if (!(expression instanceof Join join) || join.on().residual().isTrue()) {
            return Optional.empty();
        }
        KeyMatch match = new KeyMatch(join.on().equalities(), KeyPredicate.always());
        List<KeyPredicate> parts = join.on().residual() instanceof KeyPredicate.And(List<KeyPredicate> all)
                ? all
                : List.of(join.on().residual());
        List<KeyPredicate> rest = new ArrayList<>();
        for (KeyPredicate part : parts) {
            if (part instanceof KeyPredicate.Compare(Comparison comparison, var one, var other)
                    && comparison == Comparison.EQUAL
                    && one instanceof Reference first
                    && other instanceof Reference second
                    && first.side() != second.side()) {
                match = first.side() == Side.LEFT ? match.and(first, second) : match.and(second, first);
            } else {
                rest.add(part);
            }
        }
        if (rest.size() == parts.size()) {
            return Optional.empty();
        }
        for (KeyPredicate part : rest) {
            match = match.and(part);
        }
        return Optional.of(new Join(match, join.project(), join.kernel(), join.left(), join.right()));
    }
}
