package org.relata.algebra.autodiff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.rewrite.Cardinality;
import org.relata.algebra.value.Shape;

/// The general rule of a join: its pairs, with what the derivative reads of their values, meet the gradient and are
/// summed
/// by own key.
///
/// There is no sum where an own tuple meets one other tuple at most: the match determines that one.
final class PairRule {
    private final JoinPullback pullback;
    private final Join join;
    private final RelExpr own;

    private PairRule(JoinPullback pullback) {
        this.pullback = pullback;
        this.join = pullback.join();
        this.own = pullback.own();
    }

    static RelExpr of(JoinPullback pullback) {
        return new PairRule(pullback).gradient();
    }

    private RelExpr gradient() {
        boolean once = pullback.upstream().rewrites().has(Cardinality.NAME)
                && pullback.other().type().determinedBy(pullback.fixedOfOther());
        RelExpr products = pullback.upstream().everywhere().isPresent() ? withoutGradient(once) : withGradient(once);
        return once ? products : new Aggregate(KeyProjection.all(own.type().key()), Aggregator.SUM, products);
    }

    private RelExpr withoutGradient(boolean once) {
        return new Join(
                join.on().and(pullback.guard()),
                once ? ownOnly() : pairKey(new HashMap<>()),
                pullback.derivative(),
                join.left(),
                join.right());
    }

    private RelExpr withGradient(boolean once) {
        Map<KeyTerm, KeyTerm> names = new HashMap<>();
        KeyProjection pair = pairKey(names);
        UnaryOperator<KeyTerm> toPair = reference -> names.getOrDefault(reference, reference);
        Kernel derivative = pullback.derivative();
        RelExpr gradient = pullback.upstream().gradient();
        Shape leftShape = join.left().type().shape();
        Shape rightShape = join.right().type().shape();
        boolean left = derivative.readsArgument(0);
        boolean right = derivative.readsArgument(1);
        Kernel leftValue = new Argument(0, leftShape);
        Kernel rightValue = new Argument(1, rightShape);
        Kernel packed = left && right
                ? Kernels.concat(0, List.of(flat(leftValue), flat(rightValue)))
                : left ? leftValue : right ? rightValue : Kernels.constant(1);
        RelExpr pairs = new Join(join.on(), pair, packed, join.left(), join.right());
        Kernel value = new Argument(0, packed.shape());
        Map<Integer, Kernel> places = new HashMap<>();
        places.put(JoinPullback.GRADIENT, new Argument(1, gradient.type().shape()));
        if (left && right) {
            places.put(0, Kernels.reshape(Kernels.slice(value, 0, 0, leftShape.size()), leftShape));
            places.put(
                    1,
                    Kernels.reshape(
                            Kernels.slice(value, 0, leftShape.size(), leftShape.size() + rightShape.size()),
                            rightShape));
        } else {
            places.put(left ? 0 : 1, value);
        }
        return new Join(
                Upstream.match(pullback.via().replace(toPair), pullback.guard().replace(toPair)),
                once
                        ? KeyProjection.all(own.type().key())
                        : KeyProjection.all(pairs.type().key()),
                KernelGraph.place(derivative, toPair, places),
                pairs,
                gradient);
    }

    private static Kernel flat(Kernel value) {
        return Kernels.reshape(value, Shape.of(value.shape().size()));
    }

    private KeyProjection ownOnly() {
        KeyProjection key = KeyProjection.nothing();
        for (String name : own.type().names()) {
            key = key.and(name, new Reference(pullback.ownSide(), name));
        }
        return key;
    }

    /// A key for pairs: the own attributes under their names, and of the other side those that do not equal an own one.
    /// `names` learns, for each attribute of either side, the one of the pair.
    private KeyProjection pairKey(Map<KeyTerm, KeyTerm> names) {
        Side ownSide = pullback.ownSide();
        Set<String> taken = new HashSet<>(own.type().names());
        own.type().names().forEach(name -> names.put(new Reference(ownSide, name), KeyTerm.left(name)));
        for (KeyMatch.Equality equality : join.on().equalities()) {
            KeyTerm mine = pullback.mine(equality);
            if (mine instanceof Reference && pullback.its(equality) instanceof Reference its) {
                names.putIfAbsent(its, names.get(mine));
            }
        }
        KeyProjection key = ownOnly();
        for (String name : pullback.other().type().names()) {
            Reference reference = new Reference(JoinPullback.opposite(ownSide), name);
            if (!names.containsKey(reference)) {
                String fresh = Names.fresh(name, taken);
                names.put(reference, KeyTerm.left(fresh));
                key = key.and(fresh, reference);
            }
        }
        return key;
    }
}
