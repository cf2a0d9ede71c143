package org.relata.algebra.rewrite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Literal;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Tensor;

/// ⋈ with a constant of one tuple becomes a σ: its key and value stand in the conditions, the projection and the
/// kernel.
///
/// While differentiating: the gradient of a loss is 1 under ⟨⟩; what is summed to ⟨⟩ receives that number as a factor,
/// not a join. The upstream gradient is a constant of one tuple under ⟨⟩.
public record ConstantGrouping() implements Rewrite {
    /// Its name.
    public static final String NAME = "constant-grouping";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what() {
        return "a join with a constant of one tuple becomes a selection with that number as a factor";
    }

    @Override
    public boolean differentiates() {
        return true;
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        if (!(expression instanceof Join join)) {
            return Optional.empty();
        }
        return join.right() instanceof Constant right && right.relation().size() == 1
                ? Optional.of(select(join, Side.RIGHT, right, join.left()))
                : join.left() instanceof Constant left && left.relation().size() == 1
                        ? Optional.of(select(join, Side.LEFT, left, join.right()))
                        : Optional.empty();
    }

    private static RelExpr select(Join join, Side side, Constant constant, RelExpr input) {
        Map.Entry<Key, Tensor> tuple = constant.relation().tuples().firstEntry();
        List<String> names =
                constant.relation().attributes().stream().map(Attribute::name).toList();
        UnaryOperator<KeyTerm> terms = each -> {
            Reference reference = (Reference) each;
            return reference.side() == side
                    ? new Literal(tuple.getKey().value(names.indexOf(reference.name())))
                    : KeyTerm.left(reference.name());
        };
        KeyPredicate where = KeyPredicate.always();
        for (KeyMatch.Equality equality : join.on().equalities()) {
            where = where.and(KeyPredicate.equal(
                    equality.left().replace(terms), equality.right().replace(terms)));
        }
        Kernel kernel = KernelGraph.place(
                join.kernel(),
                terms,
                Map.of(
                        Keys.index(side),
                        Kernels.constant(tuple.getValue()),
                        Keys.index(Keys.other(side)),
                        new Argument(0, input.type().shape())));
        return new Select(
                where.and(join.on().residual().replace(terms)), join.project().replace(terms), kernel, input);
    }
}
