package org.relata.algebra.rewrite;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;

/// ⋈ of σ becomes a ⋈ of what the σ selects from.
///
/// The selection is known to keep keys apart, has no other user (a mere renaming may have), and what the match compares
/// are plain attributes below it, so that no more is known of the join above than below. Its kernel, which from now on
/// is
/// computed for each pair, is none, or small, or its tuples are in one pair each.
record SelectUnderJoin() implements Rewrite {
    /// Operations that cost less than handing on a tuple.
    private static final int SMALL = 2;

    @Override
    public String name() {
        return "select-under-join";
    }

    @Override
    public String what() {
        return "a selection under a join that nobody else uses becomes part of the join";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        if (!(expression instanceof Join join)) {
            return Optional.empty();
        }
        return merged(join, Side.LEFT, uses).or(() -> merged(join, Side.RIGHT, uses));
    }

    private static Optional<RelExpr> merged(Join join, Side side, Uses uses) {
        RelExpr input = side == Side.LEFT ? join.left() : join.right();
        if (!(input instanceof Select select)
                || !Keys.injective(select)
                || !(uses.once(select)
                        || (Keys.passes(select.kernel()) && select.where().isTrue()))
                || !cheap(join, side, select)
                || !plain(join.on(), side, select)) {
            return Optional.empty();
        }
        Kernel value = KernelGraph.place(
                select.kernel(),
                Keys.onto(side),
                Map.of(0, new Argument(Keys.index(side), select.input().type().shape())));
        Kernel kernel =
                KernelGraph.place(join.kernel(), Keys.through(select.project(), side), Map.of(Keys.index(side), value));
        if (Keys.grows(kernel, join.kernel(), select.kernel())) {
            return Optional.empty();
        }
        KeyMatch match = new KeyMatch(
                join.on().equalities().stream()
                        .map(equality -> side == Side.LEFT
                                ? new KeyMatch.Equality(
                                        equality.left().replace(Keys.through(select.project(), Side.LEFT)),
                                        equality.right())
                                : new KeyMatch.Equality(
                                        equality.left(),
                                        equality.right().replace(Keys.through(select.project(), Side.RIGHT))))
                        .toList(),
                condition(join, side, select));
        return Optional.of(new Join(
                match,
                join.project().replace(Keys.through(select.project(), side)),
                kernel,
                side == Side.LEFT ? select.input() : join.left(),
                side == Side.LEFT ? join.right() : select.input()));
    }

    private static KeyPredicate condition(Join join, Side side, Select select) {
        return select.where()
                .replace(Keys.onto(side))
                .and(join.on().residual().replace(Keys.through(select.project(), side)));
    }

    private static boolean cheap(Join join, Side side, Select select) {
        RelExpr other = side == Side.LEFT ? join.right() : join.left();
        return KernelGraph.written(select.kernel()) <= SMALL
                || other.type().determinedBy(Keys.fixed(join.on(), Keys.other(side)));
    }

    private static boolean plain(KeyMatch on, Side side, Select select) {
        Set<Reference> read = new HashSet<>();
        for (KeyMatch.Equality equality : on.equalities()) {
            read.addAll(Keys.references(side == Side.LEFT ? equality.left() : equality.right()));
        }
        return read.stream()
                .map(reference -> select.project().term(reference.name()))
                .allMatch(term -> term instanceof Reference || term instanceof KeyTerm.Literal);
    }
}
