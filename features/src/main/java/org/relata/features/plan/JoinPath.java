package org.relata.features.plan;

import java.util.ArrayList;
import java.util.List;

/// A way through the schema from the entity table: first hops that lead to one row, then hops that lead to many.
///
/// Parents and latest rows come first (the *anchor*), then [Step.Children] hops, which may be followed by parents of
/// the
/// children. A latest row after children would mean one row for each child and does not occur.
///
/// @param entityTable where the path starts
/// @param steps the hops, in order; empty for the entity row itself
public record JoinPath(String entityTable, List<Step> steps) {
    /// Copies the steps and refuses an order that has no meaning.
    public JoinPath {
        steps = List.copyOf(steps);
        boolean many = false;
        for (Step step : steps) {
            switch (step) {
                case Step.Children _ -> many = true;
                case Step.Latest _ -> {
                    if (many) {
                        throw new IllegalArgumentException("a latest row cannot follow children");
                    }
                }
                case Step.Parent _ -> {}
            }
        }
    }

    /// The table the path ends at.
    public String table() {
        return steps.isEmpty() ? entityTable : steps.getLast().table();
    }

    /// All tables on the path, the entity table first.
    public List<String> tables() {
        List<String> tables = new ArrayList<>();
        tables.add(entityTable);
        for (Step step : steps) {
            tables.add(step.table());
        }
        return List.copyOf(tables);
    }

    /// The leading hops that lead to one row.
    public JoinPath anchor() {
        int length = 0;
        while (length < steps.size() && !(steps.get(length) instanceof Step.Children)) {
            length++;
        }
        return new JoinPath(entityTable, steps.subList(0, length));
    }

    /// Whether the path leads to many rows, so that its features are aggregates.
    public boolean toMany() {
        return steps.stream().anyMatch(Step.Children.class::isInstance);
    }

    /// The hops after the anchor.
    public List<Step> tail() {
        return steps.subList(anchor().steps().size(), steps.size());
    }

    /// This path without its last hop.
    public JoinPath shorter() {
        return new JoinPath(entityTable, steps.subList(0, steps.size() - 1));
    }

    /// Whether another path, or this one, is how this one starts.
    public boolean startsWith(JoinPath other) {
        return entityTable.equals(other.entityTable)
                && depth() >= other.depth()
                && steps.subList(0, other.depth()).equals(other.steps);
    }

    /// How many links the path follows.
    public int depth() {
        return steps.size();
    }

    /// This path and one more hop.
    public JoinPath then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new JoinPath(entityTable, longer);
    }
}
