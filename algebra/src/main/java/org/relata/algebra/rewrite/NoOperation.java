package org.relata.algebra.rewrite;

import java.util.Optional;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.key.KeyProjection;

/// A σ that keeps every tuple as it is disappears.
record NoOperation() implements Rewrite {
    @Override
    public String name() {
        return "no-operation";
    }

    @Override
    public String what() {
        return "a selection that keeps every tuple, key and value disappears";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        return expression instanceof Select select
                        && select.where().isTrue()
                        && Keys.passes(select.kernel())
                        && select.project()
                                .equals(KeyProjection.all(select.input().type().key()))
                ? Optional.of(select.input())
                : Optional.empty();
    }
}
