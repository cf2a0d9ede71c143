package org.relata.algebra.autodiff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Pullbacks.Contribution;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;

/// The pullback of each aggregator. v is a value, `out` the result of its group, g the gradient of that result.
final class AggregatePullback {
    private final Aggregate node;
    private final RelExpr input;
    private final Upstream upstream;

    private AggregatePullback(Aggregate node, Upstream upstream) {
        this.node = node;
        this.input = node.input();
        this.upstream = upstream;
    }

    static Optional<Contribution> of(Aggregate node, Upstream upstream) {
        return new AggregatePullback(node, upstream).contribution();
    }

    private Optional<Contribution> contribution() {
        return switch (node.aggregator()) {
            case SUM -> Optional.of(new Contribution(input, toGroups(upstream)));
            case MEAN -> {
                // g / count
                RelExpr shares = groups(upstream.exactly(node), with(Aggregator.COUNT), Kernels::divide);
                yield Optional.of(new Contribution(input, toGroups(upstream.of(shares, false))));
            }
            case COUNT -> Optional.empty();
            case MINIMUM, MAXIMUM -> {
                // g · [v = out] / how many are
                RelExpr hits = members(node, (value, out) -> Kernels.compare(value, Comparison.EQUAL, out));
                RelExpr ties = new Aggregate(node.groupBy(), Aggregator.SUM, hits);
                yield times(hits, groups(upstream.exactly(node), ties, Kernels::divide));
            }
            case LOGSUMEXP -> // g · exp(v − out)
                times(members(node, (value, out) -> Kernels.exp(Kernels.subtract(value, out))), upstream.exactly(node));
            case PRODUCT -> times(others(), upstream.exactly(node));
            case VARIANCE -> times(deviations(), groups(upstream.exactly(node), with(Aggregator.COUNT), this::slope));
            case DEVIATION -> {
                // The variance's, with g / (2 · out) for g.
                RelExpr half = groups(upstream.exactly(node), node, (g, out) -> {
                    Kernel spread = Kernels.compare(out, Comparison.GREATER, Kernels.constant(0));
                    Kernel safe = Kernels.where(spread, out, Kernels.constant(1));
                    return Kernels.where(
                            spread,
                            Kernels.divide(g, Kernels.multiply(Kernels.constant(2), safe)),
                            Kernels.constant(0));
                });
                yield times(deviations(), groups(half, with(Aggregator.COUNT), this::slope));
            }
        };
    }

    /// 2 · g / (count − 1)
    private Kernel slope(Kernel g, Kernel count) {
        return Kernels.divide(Kernels.multiply(Kernels.constant(2), g), Kernels.subtract(count, Kernels.constant(1)));
    }

    /// v − mean
    private RelExpr deviations() {
        return members(with(Aggregator.MEAN), Kernels::subtract);
    }

    /// For each value the product of the others in its group. Every pair of the group is looked at: dividing the
    /// product by the
    /// value would be wrong with zeros, and wrong again in the next derivative.
    private RelExpr others() {
        Set<String> used = new HashSet<>(input.type().names());
        KeyMatch match = KeyMatch.everything();
        for (KeyProjection.Column column : node.groupBy().columns()) {
            match = match.and(column.term(), column.term().replace(AggregatePullback::toRight));
        }
        KeyProjection pair = KeyProjection.all(input.type().key());
        List<KeyPredicate> same = new ArrayList<>();
        for (String name : input.type().names()) {
            pair = pair.and(Names.fresh(name, used), KeyTerm.right(name));
            same.add(KeyPredicate.equal(KeyTerm.left(name), KeyTerm.right(name)));
        }
        Kernel itself = Kernels.test(new KeyPredicate.And(same));
        Argument other = new Argument(1, input.type().shape());
        RelExpr pairs = new Join(match, pair, Kernels.where(itself, Kernels.constant(1), other), input, input);
        return new Aggregate(KeyProjection.all(input.type().key()), Aggregator.PRODUCT, pairs);
    }

    private static KeyTerm toRight(KeyTerm reference) {
        return KeyTerm.right(((KeyTerm.Reference) reference).name());
    }

    private RelExpr with(Aggregator aggregator) {
        return new Aggregate(node.groupBy(), aggregator, input);
    }

    /// A kernel of each value and its group's value.
    private RelExpr members(RelExpr groups, BinaryOperator<Kernel> kernel) {
        return toGroups(upstream.of(groups, false)).weigh(input, kernel);
    }

    /// A kernel of two values of each group.
    private static RelExpr groups(RelExpr left, RelExpr right, BinaryOperator<Kernel> kernel) {
        return left.join(right).on(left.type().names().toArray(String[]::new)).with(kernel);
    }

    /// Each local derivative times its group's gradient.
    private Optional<Contribution> times(RelExpr local, RelExpr gradient) {
        RelExpr product = toGroups(upstream.of(gradient, false)).weigh(local, Kernels::multiply);
        return Optional.of(new Contribution(input, upstream.of(product, true)));
    }

    /// A gradient over the groups, handed to their members.
    private Upstream toGroups(Upstream gradient) {
        return gradient.moved(
                node.groupBy().then(gradient.via(node)), gradient.guard().replace(node.groupBy()::resolve));
    }
}
