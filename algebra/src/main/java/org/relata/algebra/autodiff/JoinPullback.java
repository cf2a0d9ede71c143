package org.relata.algebra.autodiff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Pullbacks.Contribution;
import org.relata.algebra.kernel.Derivative;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Shape;

/// The pullback of a join to one of its sides: its *own* side; the *other* side is seen as data. A tuple receives,
/// summed over
/// all it met, the kernel's vector–Jacobian product with the gradient of the pair.
final class JoinPullback {
    /// Where the gradient of the pair stands among the arguments of the derivative, until it is placed.
    private static final int GRADIENT = 2;

    private final Join join;
    private final Side ownSide;
    private final RelExpr own;
    private final RelExpr other;
    private final Upstream upstream;
    /// The gradient's key and a condition for it, over both keys of the join.
    private final KeyProjection via;

    private final KeyPredicate guard;
    private final Kernel derivative;

    private JoinPullback(Join join, Side ownSide, Upstream upstream) {
        this.join = join;
        this.ownSide = ownSide;
        this.own = ownSide == Side.LEFT ? join.left() : join.right();
        this.other = ownSide == Side.LEFT ? join.right() : join.left();
        this.upstream = upstream;
        this.via = join.project().then(upstream.via(join));
        this.guard = upstream.guard().replace(join.project()::resolve);
        Kernel gradient = upstream.everywhere()
                .orElseGet(() -> new Argument(GRADIENT, join.type().shape()));
        this.derivative =
                Derivative.pullback(join.kernel(), index(ownSide), own.type().shape(), gradient);
    }

    /// What the side receives; nothing if the kernel does not read it.
    static Optional<Contribution> of(Join join, Side own, Upstream upstream) {
        return join.kernel().readsArgument(index(own))
                ? Optional.of(new JoinPullback(join, own, upstream).contribution())
                : Optional.empty();
    }

    private Contribution contribution() {
        Map<KeyTerm, KeyTerm> fixed = ownKeyByOther();
        if (!derivative.readsArgument(index(ownSide))
                && fixed.size() == own.type().key().size()) {
            return new Contribution(own, Upstream.of(fromOther(fixed), false));
        }
        return new Contribution(own, Upstream.of(fromPairs(), true));
    }

    /// Own attributes that the match fixes given the other key, each with its term over the other key.
    private Map<KeyTerm, KeyTerm> ownKeyByOther() {
        Map<KeyTerm, KeyTerm> fixed = new HashMap<>();
        for (KeyMatch.Equality equality : join.on().equalities()) {
            KeyTerm mine = ownSide == Side.LEFT ? equality.left() : equality.right();
            KeyTerm its = ownSide == Side.LEFT ? equality.right() : equality.left();
            if (mine instanceof Reference) {
                fixed.putIfAbsent(mine, its);
            }
        }
        return fixed;
    }

    /// The product rule: the own tuple is not needed, only its key, and the other key says which that is. So the other
    /// side meets
    /// the gradient and is summed by own key; the join is not made again. Keys that the own side lacks come along.
    private RelExpr fromOther(Map<KeyTerm, KeyTerm> fixed) {
        UnaryOperator<KeyTerm> toOther =
                reference -> leftOf(fixed.containsKey(reference) ? fixed.get(reference) : reference);
        KeyPredicate condition = guard.and(join.on().residual());
        for (KeyMatch.Equality equality : join.on().equalities()) {
            KeyTerm mine = ownSide == Side.LEFT ? equality.left() : equality.right();
            KeyTerm its = ownSide == Side.LEFT ? equality.right() : equality.left();
            if (!its.equals(fixed.get(mine))) {
                condition = condition.and(KeyPredicate.equal(mine, its));
            }
        }
        Upstream toTheOther =
                new Upstream(upstream.gradient(), Optional.of(via.replace(toOther)), condition.replace(toOther), false);
        RelExpr weighed = toTheOther.weigh(
                other,
                (value, gradient) -> place(
                        derivative,
                        toOther,
                        Map.of(index(ownSide == Side.LEFT ? Side.RIGHT : Side.LEFT), value, GRADIENT, gradient)));
        KeyProjection byOwn = KeyProjection.nothing();
        for (String name : own.type().names()) {
            byOwn = byOwn.and(name, toOther.apply(new Reference(ownSide, name)));
        }
        return new Aggregate(byOwn, Aggregator.SUM, weighed);
    }

    /// The general rule: the pairs of the join, with what the derivative reads of their values, meet the gradient and
    /// are summed
    /// by own key.
    private RelExpr fromPairs() {
        Map<KeyTerm, KeyTerm> names = new HashMap<>();
        KeyProjection pair = pairKey(names);
        UnaryOperator<KeyTerm> toPair = reference -> names.getOrDefault(reference, reference);
        KeyProjection ownKey = KeyProjection.all(own.type().key());
        boolean once = other.type().determinedBy(fixedOfOther());
        RelExpr products;
        if (upstream.everywhere().isPresent()) {
            KeyProjection kept = once ? ownOnly() : pair;
            products = new Join(join.on().and(guard), kept, derivative, join.left(), join.right());
        } else {
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
            places.put(GRADIENT, new Argument(1, upstream.gradient().type().shape()));
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
            products = new Join(
                    Upstream.match(via.replace(toPair), guard.replace(toPair)),
                    once ? ownKey : KeyProjection.all(pairs.type().key()),
                    place(derivative, toPair, places),
                    pairs,
                    upstream.gradient());
        }
        return once ? products : new Aggregate(ownKey, Aggregator.SUM, products);
    }

    private static Kernel flat(Kernel value) {
        return Kernels.reshape(value, Shape.of(value.shape().size()));
    }

    /// The other attributes that the match fixes, given the own key.
    private Set<String> fixedOfOther() {
        Set<String> fixed = new HashSet<>();
        for (KeyMatch.Equality equality : join.on().equalities()) {
            if ((ownSide == Side.LEFT ? equality.right() : equality.left()) instanceof Reference(Side _, String name)) {
                fixed.add(name);
            }
        }
        return fixed;
    }

    private KeyProjection ownOnly() {
        KeyProjection key = KeyProjection.nothing();
        for (String name : own.type().names()) {
            key = key.and(name, new Reference(ownSide, name));
        }
        return key;
    }

    /// A key for pairs: the own attributes under their names, and of the other side those that do not equal an own one.
    /// `names`
    /// learns, for each attribute of either side, the one of the pair.
    private KeyProjection pairKey(Map<KeyTerm, KeyTerm> names) {
        Set<String> taken = new HashSet<>(own.type().names());
        own.type().names().forEach(name -> names.put(new Reference(ownSide, name), KeyTerm.left(name)));
        for (KeyMatch.Equality equality : join.on().equalities()) {
            KeyTerm mine = ownSide == Side.LEFT ? equality.left() : equality.right();
            KeyTerm its = ownSide == Side.LEFT ? equality.right() : equality.left();
            if (mine instanceof Reference && its instanceof Reference) {
                names.putIfAbsent(its, names.get(mine));
            }
        }
        KeyProjection key = ownOnly();
        Side otherSide = ownSide == Side.LEFT ? Side.RIGHT : Side.LEFT;
        for (String name : other.type().names()) {
            Reference reference = new Reference(otherSide, name);
            if (!names.containsKey(reference)) {
                String fresh = Names.fresh(name, taken);
                names.put(reference, KeyTerm.left(fresh));
                key = key.and(fresh, reference);
            }
        }
        return key;
    }

    /// The kernel with its arguments replaced and its keys said in other terms.
    private static Kernel place(Kernel kernel, UnaryOperator<KeyTerm> keys, Map<Integer, Kernel> arguments) {
        return KernelGraph.replaceLeaves(kernel, each -> switch ((Leaf) each) {
            case Argument argument -> arguments.getOrDefault(argument.index(), argument);
            case Leaf.KeyNumber number -> Kernels.key(number.term().replace(keys));
            case Leaf.KeyTest test -> Kernels.test(test.predicate().replace(keys));
            case Leaf.Random random ->
                new Leaf.Random(
                        random.stream(),
                        random.key().stream().map(term -> term.replace(keys)).toList(),
                        random.shape());
            case Leaf.Constant constant -> constant;
            case Leaf.Hyper hyper -> hyper;
        });
    }

    private static KeyTerm leftOf(KeyTerm term) {
        return term.replace(reference -> KeyTerm.left(((Reference) reference).name()));
    }

    private static int index(Side side) {
        return side == Side.LEFT ? 0 : 1;
    }
}
