package org.relata.algebra.autodiff;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;

/// The product rule of a join: the own tuple is not needed, only its key, and the other key says which that is. So the
/// other side meets the gradient and is summed by own key; the join is not made again. Keys that the own side lacks
/// come
/// along.
///
/// The derivative by the own value does not read it, and the match fixes every own attribute given the other key.
final class ProductRule {
    private ProductRule() {}

    static Optional<RelExpr> of(JoinPullback pullback) {
        Map<KeyTerm, KeyTerm> fixed = ownKeyByOther(pullback);
        return !pullback.derivative().readsArgument(JoinPullback.index(pullback.ownSide()))
                        && fixed.size() == pullback.own().type().key().size()
                ? Optional.of(fromOther(pullback, fixed))
                : Optional.empty();
    }

    /// Own attributes that the match fixes given the other key, each with its term over the other key.
    private static Map<KeyTerm, KeyTerm> ownKeyByOther(JoinPullback pullback) {
        Map<KeyTerm, KeyTerm> fixed = new HashMap<>();
        for (KeyMatch.Equality equality : pullback.join().on().equalities()) {
            if (pullback.mine(equality) instanceof Reference mine) {
                fixed.putIfAbsent(mine, pullback.its(equality));
            }
        }
        return fixed;
    }

    private static RelExpr fromOther(JoinPullback pullback, Map<KeyTerm, KeyTerm> fixed) {
        UnaryOperator<KeyTerm> toOther =
                reference -> leftOf(fixed.containsKey(reference) ? fixed.get(reference) : reference);
        KeyPredicate condition = pullback.guard().and(pullback.join().on().residual());
        for (KeyMatch.Equality equality : pullback.join().on().equalities()) {
            KeyTerm mine = pullback.mine(equality);
            KeyTerm its = pullback.its(equality);
            if (!its.equals(fixed.get(mine))) {
                condition = condition.and(KeyPredicate.equal(mine, its));
            }
        }
        int others = JoinPullback.index(JoinPullback.opposite(pullback.ownSide()));
        RelExpr weighed = pullback.upstream()
                .moved(pullback.via().replace(toOther), condition.replace(toOther))
                .weigh(
                        pullback.other(),
                        (value, gradient) -> KernelGraph.place(
                                pullback.derivative(),
                                toOther,
                                Map.of(others, value, JoinPullback.GRADIENT, gradient)));
        KeyProjection byOwn = KeyProjection.nothing();
        for (String name : pullback.own().type().names()) {
            byOwn = byOwn.and(name, toOther.apply(new Reference(pullback.ownSide(), name)));
        }
        return new Aggregate(byOwn, Aggregator.SUM, weighed);
    }

    private static KeyTerm leftOf(KeyTerm term) {
        return term.replace(reference -> KeyTerm.left(((Reference) reference).name()));
    }
}
