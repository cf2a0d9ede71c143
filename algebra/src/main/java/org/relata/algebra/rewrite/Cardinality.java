package org.relata.algebra.rewrite;

import java.util.Optional;
import org.relata.algebra.Aggregate;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.Side;

/// Σ over groups of one tuple becomes a σ.
///
/// The grouping determines the tuple. A variance of one value is absent, so it stays.
///
/// While differentiating: what meets one tuple of the other side at most needs no Σ by its own key. The match
/// determines
/// the other tuple.
public record Cardinality() implements Rewrite {
    /// Its name.
    public static final String NAME = "cardinality";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what() {
        return "an aggregate whose grouping determines the tuple becomes a selection";
    }

    @Override
    public boolean differentiates() {
        return true;
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        if (!(expression instanceof Aggregate aggregate)
                || !aggregate.input().type().determinedBy(Keys.plain(aggregate.groupBy(), Side.LEFT))) {
            return Optional.empty();
        }
        Kernel value = new Argument(0, aggregate.input().type().shape());
        return switch (aggregate.aggregator()) {
            case SUM, MEAN, MINIMUM, MAXIMUM, PRODUCT, LOGSUMEXP -> Optional.of(select(aggregate, value));
            case COUNT -> Optional.of(select(aggregate, Kernels.constant(1)));
            case VARIANCE, DEVIATION -> Optional.empty();
        };
    }

    private static RelExpr select(Aggregate aggregate, Kernel kernel) {
        return new Select(KeyPredicate.always(), aggregate.groupBy(), kernel, aggregate.input());
    }
}
