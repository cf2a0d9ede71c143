package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Attribute;
import org.relata.engine.keys.KeySet;
import org.relata.engine.memory.Precision;

/// Finds relations whose rows had better stand in another order.
///
/// A relation of pairs (edges, ratings) is joined with a wide one by either side, and gradients are summed by either
/// side.
/// In the order of one of them, the rows of the wide relation are read one after the other instead of here and there,
/// and
/// its sum is a part of the same pass.
public final class Arranging {
    /// Smaller relations are quick in any order.
    private static final int FEW = 1 << 14;

    /// Wider ones take long to move.
    private static final int WIDEST = 16;

    /// Bytes that are near, wherever in them one reads.
    private static final long NEAR = 1 << 21;

    private final List<Join> joins;
    private final Function<String, Optional<KeySet>> keys;
    private final Precision precision;

    private record Origin(Scan scan, String attribute) {}

    private Arranging(List<Join> joins, Function<String, Optional<KeySet>> keys, Precision precision) {
        this.joins = joins;
        this.keys = keys;
        this.precision = precision;
    }

    /// What can be said of programs.
    ///
    /// @param keys of relations that are bound, by name
    public static Arranging of(
            Map<String, RelExpr> outputs, Function<String, Optional<KeySet>> keys, Precision precision) {
        List<Join> joins = new ArrayList<>();
        for (RelExpr each : Sharing.sorted(outputs.values().toArray(RelExpr[]::new))) {
            if (each instanceof Join join) {
                joins.add(join);
            }
        }
        return new Arranging(joins, keys, precision);
    }

    /// The attribute in whose order the rows of a relation had better stand, if they stand in none that helps.
    public Optional<String> best(String relation) {
        Optional<KeySet> bound = keys.apply(relation);
        Map<String, Integer> led = new HashMap<>();
        if (bound.isPresent() && bound.get().rows() >= FEW) {
            joins.forEach(join -> add(join, relation, led));
        }
        if (led.isEmpty()
                || led.keySet().stream()
                        .anyMatch(name ->
                                bound.get().column(name).isSorted(bound.get().rows()))) {
            return Optional.empty();
        }
        return bound.get().attributes().stream()
                .map(Attribute::name)
                .filter(led::containsKey)
                .max(Comparator.comparing(led::get));
    }

    /// Counts how many numbers each attribute of a relation leads to.
    private void add(Join join, String relation, Map<String, Integer> led) {
        for (KeyMatch.Equality equality : join.on().equalities()) {
            if (equality.left() instanceof Reference(Side _, String one)
                    && equality.right() instanceof Reference(Side _, String other)) {
                List<Origin> left = origins(join.left(), one);
                List<Origin> right = origins(join.right(), other);
                if (!left.isEmpty() && !right.isEmpty()) {
                    left.forEach(from -> lead(from, right.getFirst(), join.right(), relation, led));
                    right.forEach(from -> lead(from, left.getFirst(), join.left(), relation, led));
                }
            }
        }
    }

    /// Counts that an attribute finds rows of another relation.
    private void lead(Origin from, Origin to, RelExpr read, String relation, Map<String, Integer> led) {
        int width = read.type().shape().size();
        long bytes = (long) rows(to.scan) * width * precision.bytes();
        if (from.scan.relation().equals(relation)
                && !to.scan.relation().equals(relation)
                && from.scan.type().shape().size() <= WIDEST
                && bytes > NEAR) {
            led.merge(from.attribute, width, Math::addExact);
        }
    }

    private int rows(Scan scan) {
        return keys.apply(scan.relation()).map(KeySet::rows).orElse(0);
    }

    /// Where an attribute of a row comes from, if the row comes from one there, and the attributes by which that one
    /// was
    /// found.
    private static List<Origin> origins(RelExpr expression, String attribute) {
        return switch (expression) {
            case Scan scan -> List.of(new Origin(scan, attribute));
            case Select select ->
                reference(select.project(), attribute)
                        .map(term -> origins(select.input(), term.name()))
                        .orElse(List.of());
            case Join join ->
                reference(join.project(), attribute)
                        .map(term -> origins(join, term))
                        .orElse(List.of());
            case Constant _, Aggregate _, Add _ -> List.of();
        };
    }

    private static List<Origin> origins(Join join, Reference term) {
        boolean left = term.side() == Side.LEFT;
        RelExpr own = left ? join.left() : join.right();
        List<Origin> origins = new ArrayList<>(origins(own, term.name()));
        for (KeyMatch.Equality equality : join.on().equalities()) {
            if ((left ? equality.left() : equality.right()) instanceof Reference(Side _, String mine)
                    && (left ? equality.right() : equality.left()) instanceof Reference(Side _, String other)
                    && own.type().closure(Set.of(mine)).contains(term.name())) {
                origins.addAll(origins(left ? join.right() : join.left(), other));
            }
        }
        return origins;
    }

    private static Optional<Reference> reference(KeyProjection project, String attribute) {
        return project.columns().stream()
                .filter(column -> column.name().equals(attribute))
                .map(KeyProjection.Column::term)
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .findFirst();
    }
}
