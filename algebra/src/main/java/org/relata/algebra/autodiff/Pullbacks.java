package org.relata.algebra.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Derivative;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.Side;

/// The pullback of each operator: the gradient of its output gives what its inputs receive.
final class Pullbacks {
    private Pullbacks() {}

    /// What one input receives.
    record Contribution(RelExpr to, Upstream upstream) {}

    /// What the inputs that matter receive.
    static List<Contribution> of(RelExpr node, Upstream upstream, Predicate<RelExpr> matters) {
        return parts(node, upstream, matters).stream()
                .map(part -> new Contribution(part.to, part.upstream.handedTo(part.to)))
                .toList();
    }

    private static List<Contribution> parts(RelExpr node, Upstream upstream, Predicate<RelExpr> matters) {
        return switch (node) {
            case Scan _, Constant _ -> List.of();
            case Select select -> select(select, upstream).stream().toList();
            case Aggregate aggregate ->
                AggregatePullback.of(aggregate, upstream).stream().toList();
            case Join join -> {
                List<Contribution> parts = new ArrayList<>();
                if (matters.test(join.left())) {
                    JoinPullback.of(join, Side.LEFT, upstream).ifPresent(parts::add);
                }
                if (matters.test(join.right())) {
                    JoinPullback.of(join, Side.RIGHT, upstream).ifPresent(parts::add);
                }
                yield parts;
            }
            case Add add ->
                add.inputs().stream()
                        .filter(matters)
                        .map(input -> new Contribution(input, upstream.moved(upstream.via(node), upstream.guard())))
                        .toList();
        };
    }

    /// A tuple that `where` drops receives nothing, even if its projection meets a tuple that stays.
    private static Optional<Contribution> select(Select select, Upstream upstream) {
        KeyProjection via = select.project().then(upstream.via(select));
        KeyPredicate guard = select.where().and(upstream.guard().replace(select.project()::resolve));
        Upstream moved = upstream.moved(via, guard);
        if (select.kernel() instanceof Leaf.Argument) {
            return Optional.of(new Contribution(select.input(), moved));
        }
        if (!select.kernel().readsArgument(0)) {
            return Optional.empty();
        }
        RelExpr gradient = moved.weigh(select.input(), (value, g) -> vjp(select.kernel(), value, g));
        return Optional.of(new Contribution(select.input(), upstream.of(gradient, true)));
    }

    private static Kernel vjp(Kernel kernel, Kernel value, Kernel upstream) {
        return Derivative.pullback(kernel, 0, value.shape(), upstream);
    }
}
