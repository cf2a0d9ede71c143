package org.relata.learn.train;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;

/// Which key attributes of scanned relations a program joins with each other, directly or through what it computes.
final class KeyOrigins {
    /// A key attribute of a scanned relation.
    record Origin(String relation, String attribute) implements Comparable<Origin> {
        @Override
        public int compareTo(Origin other) {
            int order = relation.compareTo(other.relation);
            return order != 0 ? order : attribute.compareTo(other.attribute);
        }
    }

    private final IdentityHashMap<RelExpr, Map<String, Set<Origin>>> origins = new IdentityHashMap<>();
    private final Map<Origin, Set<Origin>> joined = new HashMap<>();

    KeyOrigins(RelExpr program) {
        for (RelExpr each : Sharing.sorted(program)) {
            origins.put(each, of(each));
        }
    }

    /// The attributes that are joined with one, and with those, and so on; itself included.
    Set<Origin> with(Origin origin) {
        Set<Origin> found = new TreeSet<>();
        Set<Origin> open = new LinkedHashSet<>(Set.of(origin));
        while (!open.isEmpty()) {
            Origin next = open.iterator().next();
            open.remove(next);
            if (found.add(next)) {
                open.addAll(joined.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    private Map<String, Set<Origin>> of(RelExpr expression) {
        Map<String, Set<Origin>> result = new HashMap<>();
        switch (expression) {
            case Scan scan ->
                scan.type().names().forEach(name -> result.put(name, Set.of(new Origin(scan.relation(), name))));
            case Constant _ -> {}
            case Select select -> project(select.project(), select.input(), select.input(), result);
            case Aggregate aggregate -> project(aggregate.groupBy(), aggregate.input(), aggregate.input(), result);
            case Join join -> {
                project(join.project(), join.left(), join.right(), result);
                for (KeyMatch.Equality equality : join.on().equalities()) {
                    Set<Origin> left = of(equality.left(), join.left(), join.right());
                    Set<Origin> right = of(equality.right(), join.left(), join.right());
                    left.forEach(origin -> right.forEach(other -> {
                        joined.computeIfAbsent(origin, o -> new TreeSet<>()).add(other);
                        joined.computeIfAbsent(other, o -> new TreeSet<>()).add(origin);
                    }));
                }
            }
            case Add add -> add.inputs().forEach(input -> of(input, result));
        }
        return result;
    }

    private void of(RelExpr input, Map<String, Set<Origin>> result) {
        origins.getOrDefault(input, Map.of())
                .forEach((name, from) ->
                        result.computeIfAbsent(name, n -> new TreeSet<>()).addAll(from));
    }

    private void project(KeyProjection projection, RelExpr left, RelExpr right, Map<String, Set<Origin>> result) {
        projection.columns().forEach(column -> result.put(column.name(), of(column.term(), left, right)));
    }

    private Set<Origin> of(KeyTerm term, RelExpr left, RelExpr right) {
        return term instanceof KeyTerm.Reference(Side side, String name)
                ? origins.getOrDefault(side == Side.LEFT ? left : right, Map.of())
                        .getOrDefault(name, Set.of())
                : Set.of();
    }
}
