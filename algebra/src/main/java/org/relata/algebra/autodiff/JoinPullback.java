package org.relata.algebra.autodiff;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Pullbacks.Contribution;
import org.relata.algebra.kernel.Derivative;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.rewrite.ProductJoin;

/// The pullback of a join to one of its sides: its *own* side; the *other* side is seen as data. A tuple receives,
/// summed over all it met, the kernel's vector–Jacobian product with the gradient of the pair.
///
/// @param via the gradient's key, over both keys of the join
/// @param guard a condition for the gradient, over both keys of the join
/// @param derivative of the kernel by the own value
record JoinPullback(
        Join join, Side ownSide, Upstream upstream, KeyProjection via, KeyPredicate guard, Kernel derivative) {
    /// Where the gradient of the pair stands among the arguments of the derivative, until it is placed.
    static final int GRADIENT = 2;

    /// What the side receives; nothing if the kernel does not read it.
    static Optional<Contribution> of(Join join, Side own, Upstream upstream) {
        if (!join.kernel().readsArgument(index(own))) {
            return Optional.empty();
        }
        Kernel gradient = upstream.everywhere()
                .orElseGet(() -> new Argument(GRADIENT, join.type().shape()));
        RelExpr input = own == Side.LEFT ? join.left() : join.right();
        JoinPullback pullback = new JoinPullback(
                join,
                own,
                upstream,
                join.project().then(upstream.via(join)),
                upstream.guard().replace(join.project()::resolve),
                Derivative.pullback(join.kernel(), index(own), input.type().shape(), gradient));
        return Optional.of(pullback.contribution());
    }

    private Contribution contribution() {
        Optional<RelExpr> product = upstream.rewrites().has(ProductJoin.NAME) ? ProductRule.of(this) : Optional.empty();
        return new Contribution(
                own(),
                product.map(gradient -> upstream.of(gradient, false))
                        .orElseGet(() -> upstream.of(PairRule.of(this), true)));
    }

    /// The input that receives.
    RelExpr own() {
        return ownSide == Side.LEFT ? join.left() : join.right();
    }

    /// The input that is seen as data.
    RelExpr other() {
        return ownSide == Side.LEFT ? join.right() : join.left();
    }

    /// The own term of an equality.
    KeyTerm mine(KeyMatch.Equality equality) {
        return ownSide == Side.LEFT ? equality.left() : equality.right();
    }

    /// The other term of an equality.
    KeyTerm its(KeyMatch.Equality equality) {
        return ownSide == Side.LEFT ? equality.right() : equality.left();
    }

    /// The other attributes that the match fixes, given the own key.
    Set<String> fixedOfOther() {
        Set<String> fixed = new HashSet<>();
        for (KeyMatch.Equality equality : join.on().equalities()) {
            if (its(equality) instanceof Reference(Side _, String name)) {
                fixed.add(name);
            }
        }
        return fixed;
    }

    static int index(Side side) {
        return side == Side.LEFT ? 0 : 1;
    }

    static Side opposite(Side side) {
        return side == Side.LEFT ? Side.RIGHT : Side.LEFT;
    }
}
