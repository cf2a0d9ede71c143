package org.relata.features.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.database.Schema;
import org.relata.features.plan.JoinPath;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Step;

/// Follows join paths from an entity through the rows it may see, with nested loops.
final class Walk {
    private final World world;
    private final Schema schema;
    private final boolean includeCutoff;

    Walk(World world, boolean includeCutoff) {
        this.world = world;
        this.schema = world.schema();
        this.includeCutoff = includeCutoff;
    }

    /// One row at the end of a path that leads to many.
    ///
    /// @param end the row at the end; null when the last hop led to no parent, or in a stack to no child
    /// @param counted the row of the last hop to children
    /// @param dated the last row of a timed table among the hops to children; null when none is timed
    /// @param group the row one hop to children before the last; null when there was only one such hop
    record Found(
            @Nullable Row end,
            Row counted,
            @Nullable Row dated,
            @Nullable Row group) {}

    /// The row an anchor leads to.
    Optional<Row> anchor(JoinPath path, Row entity, long cutoff) {
        if (!visible(path.entityTable(), entity, cutoff, includeCutoff)) {
            return Optional.empty();
        }
        Row here = entity;
        for (Step step : path.anchor().steps()) {
            Row from = here;
            Row next = switch (step) {
                case Step.Parent parent -> {
                    Row up = from.parents[parent.foreignKey()];
                    yield world.has(up) && visible(parent.table(), up, cutoff, includeCutoff) ? up : null;
                }
                case Step.Latest latest ->
                    children(latest.table(), latest.foreignKey(), from, cutoff).stream()
                            .max(Comparator.comparingLong(world::number))
                            .orElse(null);
                case Step.Children _ -> throw new IllegalArgumentException("not in an anchor");
            };
            if (next == null) {
                return Optional.empty();
            }
            here = next;
        }
        return Optional.of(here);
    }

    /// The rows at the end of a path, the latest last; rows of one time in storage order.
    List<Found> many(PathQuery query, Row anchor, long cutoff) {
        List<Found> found = new ArrayList<>();
        walk(query, query.path().tail(), 0, anchor, new Found(anchor, anchor, null, null), cutoff, found);
        found.sort(Comparator.<Found>comparingLong(f -> f.dated() == null ? 0 : world.number(f.dated()))
                .thenComparingLong(f -> world.number(f.counted())));
        return found;
    }

    private void walk(
            PathQuery query, List<Step> tail, int at, @Nullable Row here, Found so, long cutoff, List<Found> found) {
        if (at == tail.size()) {
            found.add(so);
            return;
        }
        switch (tail.get(at)) {
            case Step.Children c -> {
                boolean timed = schema.require(c.table()).timeColumn().isPresent();
                List<Row> children = children(c.table(), c.foreignKey(), here, cutoff);
                Row group = so.counted();
                for (Row child : children) {
                    Found next = new Found(child, child, timed ? child : so.dated(), group);
                    walk(query, tail, at + 1, child, next, cutoff, found);
                }
                if (children.isEmpty() && query.stacked() && at == tail.size() - 1) {
                    found.add(new Found(null, so.counted(), so.dated(), group));
                }
            }
            case Step.Parent p -> {
                Row up = here == null ? null : here.parents[p.foreignKey()];
                Row seen = world.has(up) && visible(p.table(), up, cutoff, false) ? up : null;
                walk(query, tail, at + 1, seen, new Found(seen, so.counted(), so.dated(), so.group()), cutoff, found);
            }
            case Step.Latest _ -> throw new IllegalArgumentException("only in an anchor");
        }
    }

    private List<Row> children(String table, int foreignKey, @Nullable Row parent, long cutoff) {
        return world.rows(table).stream()
                .filter(row -> parent != null && row.parents[foreignKey] == parent)
                .filter(row -> visible(table, row, cutoff, false))
                .toList();
    }

    /// Whether a row may be seen: static rows always, others when dated before the cut-off, or at it where that counts.
    boolean visible(String table, Row row, long cutoff, boolean atToo) {
        if (schema.require(table).timeColumn().isEmpty()) {
            return true;
        }
        return row.before(cutoff) || (atToo && row.time != null && row.time == cutoff);
    }
}
