package org.relata.algebra.rewrite;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Facts;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;

/// ⋈ that only asks whether a key is in another relation becomes a σ where it surely is: so ends a gradient that has no
/// keys but those of the relation it belongs to.
///
/// The kernel does not read the other value; the match equates every key attribute of the other side with one of this
/// side; and the keys of this side are found in the other one: because the other one is complete and this side within
/// its ranges, or because this side's keys come from that very expression.
record SemiJoin() implements Rewrite {
    @Override
    public String name() {
        return "semi-join";
    }

    @Override
    public String what() {
        return "a join that only restricts to keys which all tuples surely have becomes a selection";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        return expression instanceof Join join
                ? select(join, Side.LEFT).or(() -> select(join, Side.RIGHT))
                : Optional.empty();
    }

    private static Optional<RelExpr> select(Join join, Side side) {
        RelExpr own = side == Side.LEFT ? join.left() : join.right();
        RelExpr other = side == Side.LEFT ? join.right() : join.left();
        if (join.kernel().readsArgument(Keys.index(Keys.other(side)))) {
            return Optional.empty();
        }
        Map<String, String> equal = new HashMap<>();
        for (KeyMatch.Equality equality : join.on().equalities()) {
            KeyTerm mine = side == Side.LEFT ? equality.left() : equality.right();
            KeyTerm its = side == Side.LEFT ? equality.right() : equality.left();
            if (!(mine instanceof Reference(Side _, String from))
                    || !(its instanceof Reference(Side _, String to))
                    || equal.put(to, from) != null) {
                return Optional.empty();
            }
        }
        if (equal.size() < other.type().key().size() || !(within(own, equal, other) || from(own, equal, other))) {
            return Optional.empty();
        }
        UnaryOperator<KeyTerm> toOwn = each -> {
            Reference reference = (Reference) each;
            return KeyTerm.left(
                    reference.side() == side
                            ? reference.name()
                            : equal.getOrDefault(reference.name(), reference.name()));
        };
        Kernel kernel = KernelGraph.place(
                join.kernel(),
                toOwn,
                Map.of(Keys.index(side), new Argument(0, own.type().shape())));
        return Optional.of(
                new Select(join.on().residual().replace(toOwn), join.project().replace(toOwn), kernel, own));
    }

    /// Whether the other side has every combination that the types allow.
    private static boolean within(RelExpr own, Map<String, String> equal, RelExpr other) {
        Map<String, Facts.Range> mine = own.type().facts().ranges();
        Map<String, Facts.Range> its = other.type().facts().ranges();
        return other.type().facts().complete()
                && other.type().names().stream().allMatch(name -> {
                    Facts.Range inner = mine.get(equal.getOrDefault(name, ""));
                    Facts.Range outer = its.get(name);
                    return inner != null && outer != null && outer.from() <= inner.from() && inner.to() <= outer.to();
                });
    }

    /// Whether the keys of `own`, seen through `names` (attribute of `other` → attribute of `own`), come from `other`.
    private static boolean from(RelExpr own, Map<String, String> names, RelExpr other) {
        RelExpr at = own;
        Map<String, String> seen = names;
        while (!sameKeys(at, other)) {
            switch (at) {
                case Select select -> {
                    Optional<Map<String, String>> below = below(seen, select.project(), Set.of(), Side.LEFT);
                    if (below.isEmpty()) {
                        return false;
                    }
                    seen = below.get();
                    at = select.input();
                }
                case Aggregate aggregate -> {
                    Optional<Map<String, String>> below = below(seen, aggregate.groupBy(), Set.of(), Side.LEFT);
                    if (below.isEmpty()) {
                        return false;
                    }
                    seen = below.get();
                    at = aggregate.input();
                }
                case Join join -> {
                    Set<KeyMatch.Equality> equalities = Set.copyOf(join.on().equalities());
                    Optional<Map<String, String>> left = below(seen, join.project(), equalities, Side.LEFT);
                    Optional<Map<String, String>> right = below(seen, join.project(), equalities, Side.RIGHT);
                    // One side is followed: to try both would take time without bound in a deep program.
                    boolean goLeft = left.isPresent() && (right.isEmpty() || !sameKeys(join.right(), other));
                    if (left.isEmpty() && right.isEmpty()) {
                        return false;
                    }
                    at = goLeft ? join.left() : join.right();
                    seen = goLeft ? left.get() : right.orElseThrow();
                }
                case Scan _, Constant _, Add _ -> {
                    return false;
                }
            }
        }
        return seen.entrySet().stream().allMatch(entry -> entry.getKey().equals(entry.getValue()));
    }

    /// Whether two expressions have the same keys, whatever their values.
    private static boolean sameKeys(RelExpr one, RelExpr other) {
        return one == other
                || one instanceof Join first
                        && other instanceof Join second
                        && first.left() == second.left()
                        && first.right() == second.right()
                        && first.on().equals(second.on())
                        && first.project().equals(second.project());
    }

    private static Optional<Map<String, String>> below(
            Map<String, String> names, KeyProjection projection, Set<KeyMatch.Equality> equalities, Side side) {
        Map<String, String> below = new HashMap<>();
        for (Map.Entry<String, String> each : names.entrySet()) {
            KeyTerm term = projection.term(each.getValue());
            for (KeyMatch.Equality equality : equalities) {
                if (side == Side.RIGHT
                        && equality.left().equals(term)
                        && term instanceof Reference(Side of, String _)
                        && of == Side.LEFT) {
                    term = equality.right();
                } else if (side == Side.LEFT
                        && equality.right().equals(term)
                        && term instanceof Reference(Side of, String _)
                        && of == Side.RIGHT) {
                    term = equality.left();
                }
            }
            if (!(term instanceof Reference(Side of, String name)) || of != side) {
                return Optional.empty();
            }
            below.put(each.getKey(), name);
        }
        return Optional.of(below);
    }
}
