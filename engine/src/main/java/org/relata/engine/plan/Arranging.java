package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
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

    private final Set<String> varying;
    private final Function<String, Optional<KeySet>> keys;
    private final Precision precision;

    /// For each relation, how many numbers each attribute leads to.
    private final Map<Scan, Map<String, Integer>> led = new LinkedHashMap<>();

    private record Origin(Scan scan, String attribute) {}

    private Arranging(Set<String> varying, Function<String, Optional<KeySet>> keys, Precision precision) {
        this.varying = varying;
        this.keys = keys;
        this.precision = precision;
    }

    /// The relations to arrange, and by which attribute.
    ///
    /// @param varying relations that are not worth it, since other data will be bound to them
    /// @param keys of relations that are bound
    public static Map<String, String> of(
            Map<String, RelExpr> outputs,
            Set<String> varying,
            Function<String, Optional<KeySet>> keys,
            Precision precision) {
        Arranging arranging = new Arranging(varying, keys, precision);
        for (RelExpr each : Sharing.sorted(outputs.values().toArray(RelExpr[]::new))) {
            if (each instanceof Join join) {
                arranging.add(join);
            }
        }
        return arranging.chosen();
    }

    private void add(Join join) {
        for (KeyMatch.Equality equality : join.on().equalities()) {
            if (equality.left() instanceof Reference(Side _, String one)
                    && equality.right() instanceof Reference(Side _, String other)) {
                Optional<Origin> left = origin(join.left(), one);
                Optional<Origin> right = origin(join.right(), other);
                if (left.isPresent() && right.isPresent()) {
                    lead(left.get(), right.get(), join.right());
                    lead(right.get(), left.get(), join.left());
                }
            }
        }
    }

    /// Counts that an attribute finds rows of another relation.
    private void lead(Origin from, Origin to, RelExpr read) {
        int width = read.type().shape().size();
        long bytes = (long) rows(to.scan) * width * precision.bytes();
        if (!varying.contains(from.scan.relation())
                && from.scan.type().shape().size() <= WIDEST
                && rows(from.scan) >= Math.max(FEW, 2 * rows(to.scan))
                && bytes > NEAR) {
            led.computeIfAbsent(from.scan, _ -> new HashMap<>()).merge(from.attribute, width, Math::addExact);
        }
    }

    private int rows(Scan scan) {
        return keys.apply(scan.relation()).map(KeySet::rows).orElse(0);
    }

    /// Where an attribute of a row comes from, if the row comes from one there.
    private static Optional<Origin> origin(RelExpr expression, String attribute) {
        return switch (expression) {
            case Scan scan -> Optional.of(new Origin(scan, attribute));
            case Select select -> through(select.project(), attribute, List.of(select.input()));
            case Join join -> through(join.project(), attribute, List.of(join.left(), join.right()));
            case Constant _, Aggregate _, Add _ -> Optional.empty();
        };
    }

    private static Optional<Origin> through(KeyProjection project, String attribute, List<RelExpr> inputs) {
        for (KeyProjection.Column column : project.columns()) {
            if (column.name().equals(attribute) && column.term() instanceof Reference(Side side, String name)) {
                return origin(inputs.get(side == Side.LEFT ? 0 : 1), name);
            }
        }
        return Optional.empty();
    }

    private Map<String, String> chosen() {
        Map<String, String> chosen = new LinkedHashMap<>();
        led.forEach((scan, attributes) -> {
            KeySet bound = keys.apply(scan.relation()).orElseThrow();
            if (attributes.keySet().stream()
                    .noneMatch(name -> bound.column(name).isSorted(bound.rows()))) {
                String best = "";
                for (Attribute each : bound.attributes()) {
                    if (attributes.containsKey(each.name())
                            && (best.isEmpty()
                                    || requireNonNull(attributes.get(each.name()))
                                            > requireNonNull(attributes.get(best)))) {
                        best = each.name();
                    }
                }
                chosen.put(scan.relation(), best);
            }
        });
        return chosen;
    }
}
