package org.relata.algebra.autodiff;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;
import org.relata.algebra.rewrite.ConstantGrouping;
import org.relata.algebra.rewrite.JoinUnderAggregate;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;

/// The gradient that a node receives, not yet brought to the node's keys: the node's tuple at key k receives
/// `gradient[via(k)]`
/// where `guard(k)` holds and that tuple is present.
///
/// A sum hands its gradient on like this, so that no join is made only to repeat it.
///
/// @param via the key of the gradient, over the node's key
/// @param guard over the node's key
/// @param exact whether `gradient` is what the node receives, as it is
/// @param rewrites the shortcuts to take
record Upstream(RelExpr gradient, Optional<KeyProjection> via, KeyPredicate guard, boolean exact, Rewrites rewrites) {
    /// A gradient over the node's own keys.
    ///
    /// @param exact whether it has no others
    Upstream of(RelExpr gradient, boolean exact) {
        return new Upstream(gradient, Optional.empty(), KeyPredicate.always(), exact, rewrites);
    }

    /// This gradient, found by a node through other keys.
    Upstream moved(KeyProjection via, KeyPredicate guard) {
        return new Upstream(gradient, Optional.of(via), guard, false, rewrites);
    }

    /// What a node receives, repeated for each of its tuples where gradients are not to be looked up by group.
    Upstream handedTo(RelExpr node) {
        return via.isEmpty() || rewrites.has(JoinUnderAggregate.NAME) ? this : of(exactly(node), true);
    }

    /// The key of the gradient over a node's key.
    KeyProjection via(RelExpr node) {
        return via.orElseGet(() -> KeyProjection.all(node.type().key()));
    }

    /// The one value of a gradient that is the same for every key.
    Optional<Kernel> everywhere() {
        return rewrites.has(ConstantGrouping.NAME)
                        && gradient instanceof Constant constant
                        && gradient.type().key().isEmpty()
                        && constant.relation().size() == 1
                ? constant.relation().get(Key.EMPTY).map(Kernels::constant)
                : Optional.empty();
    }

    /// The gradient over the keys of the node, and only those.
    RelExpr exactly(RelExpr node) {
        return exact ? gradient : weigh(node, (value, upstream) -> upstream);
    }

    /// A kernel of each of the node's values and its gradient, over the node's keys.
    RelExpr weigh(RelExpr node, BinaryOperator<Kernel> kernel) {
        List<Attribute> key = node.type().key();
        Argument value = new Argument(0, node.type().shape());
        Optional<Kernel> everywhere = everywhere();
        if (everywhere.isPresent()) {
            return new Select(guard, KeyProjection.all(key), kernel.apply(value, everywhere.get()), node);
        }
        return new Join(
                match(via(node), guard),
                KeyProjection.all(key),
                kernel.apply(value, new Argument(1, gradient.type().shape())),
                node,
                gradient);
    }

    /// The left key's projection is the right key, and a condition on the left key holds.
    static KeyMatch match(KeyProjection via, KeyPredicate guard) {
        KeyMatch match = new KeyMatch(List.of(), guard);
        for (KeyProjection.Column column : via.columns()) {
            match = match.and(column.term(), new KeyTerm.Reference(Side.RIGHT, column.name()));
        }
        return match;
    }
}
