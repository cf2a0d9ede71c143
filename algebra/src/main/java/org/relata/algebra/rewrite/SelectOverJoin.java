package org.relata.algebra.rewrite;

import java.util.Map;
import java.util.Optional;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;

/// σ of ⋈ becomes a ⋈: its condition goes to the match, its projection and kernel are composed.
///
/// The join has no other user. Where the selection drops tuples, the join is known to keep keys apart, as in
/// [MergeSelects].
record SelectOverJoin() implements Rewrite {
    @Override
    public String name() {
        return "select-over-join";
    }

    @Override
    public String what() {
        return "a selection of a join that nobody else uses becomes part of the join";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        if (!(expression instanceof Select select)
                || !(select.input() instanceof Join join)
                || !uses.once(join)
                || !(select.where().isTrue() || Keys.injective(join))) {
            return Optional.empty();
        }
        Kernel kernel = KernelGraph.place(select.kernel(), join.project()::resolve, Map.of(0, join.kernel()));
        if (Keys.grows(kernel, select.kernel(), join.kernel())) {
            return Optional.empty();
        }
        return Optional.of(new Join(
                join.on().and(select.where().replace(join.project()::resolve)),
                join.project().then(select.project()),
                kernel,
                join.left(),
                join.right()));
    }
}
