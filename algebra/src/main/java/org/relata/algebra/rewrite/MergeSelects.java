package org.relata.algebra.rewrite;

import java.util.Map;
import java.util.Optional;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;

/// σ of σ becomes one σ: conditions, projections and kernels composed.
///
/// The inner one has no other user, or computes nothing. Where the outer one drops tuples, the inner projection is
/// known
/// to keep keys apart: else tuples that meet there, an error, might be dropped before anybody sees them meet.
record MergeSelects() implements Rewrite {
    @Override
    public String name() {
        return "merge-selects";
    }

    @Override
    public String what() {
        return "a selection of a selection that nobody else uses becomes one";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        if (!(expression instanceof Select outer)
                || !(outer.input() instanceof Select inner)
                || !(uses.once(inner) || Keys.passes(inner.kernel()))
                || !(outer.where().isTrue() || Keys.injective(inner))) {
            return Optional.empty();
        }
        Kernel kernel = KernelGraph.place(outer.kernel(), inner.project()::resolve, Map.of(0, inner.kernel()));
        if (Keys.grows(kernel, outer.kernel(), inner.kernel())) {
            return Optional.empty();
        }
        return Optional.of(new Select(
                inner.where().and(outer.where().replace(inner.project()::resolve)),
                inner.project().then(outer.project()),
                kernel,
                inner.input()));
    }
}
