package org.relata.engine.plan;

import java.util.List;
import java.util.Optional;
import org.relata.algebra.RelExpr;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.RowMap;

/// An operator with its rows worked out.
///
/// @param expression the operator
/// @param inputs its inputs
/// @param keys of its result
/// @param maps for each input, the row that a row of the result reads; of an aggregate, for rows in the order of groups
/// @param groups of an aggregate
public record Keyed(RelExpr expression, List<Keyed> inputs, KeySet keys, List<RowMap> maps, Optional<Groups> groups) {
    /// Copies.
    public Keyed {
        inputs = List.copyOf(inputs);
        maps = List.copyOf(maps);
    }

    /// Numbers a tuple.
    int width() {
        return expression.type().shape().size();
    }

    // Operators are compared by identity: there is one for each expression.

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
