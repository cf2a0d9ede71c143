package org.relata.algebra.rewrite;

import java.util.Optional;
import org.relata.algebra.RelExpr;

/// A way to compute the same with less. It sees one operator at a time, its inputs already rewritten.
public interface Rewrite {
    /// What it is called where it is switched off: words with hyphens between them. It does not change.
    String name();

    /// What it does and when, in one sentence.
    String what();

    /// Whether `org.relata.algebra.autodiff.Autodiff` takes it as a shortcut while differentiating.
    default boolean differentiates() {
        return false;
    }

    /// An expression of the same key, shape and tuples that is computed with less; empty where the rewrite does not
    /// apply.
    default Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        return Optional.empty();
    }
}
