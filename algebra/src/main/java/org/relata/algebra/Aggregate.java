package org.relata.algebra;

import java.util.List;
import org.relata.algebra.key.KeyProjection;

/// Σ: one tuple for each group of keys that `groupBy` maps to one key. No tuple, no group: also grouping by nothing
/// gives an
/// empty relation for an empty input.
///
/// @param type derived from the rest; leave it to the shorter constructor
public record Aggregate(KeyProjection groupBy, Aggregator aggregator, RelExpr input, RelationType type)
        implements RelExpr {
    /// The operator, checked.
    public Aggregate(KeyProjection groupBy, Aggregator aggregator, RelExpr input) {
        this(groupBy, aggregator, input, Typing.aggregate(groupBy, aggregator, input.type()));
    }

    @Override
    public List<RelExpr> inputs() {
        return List.of(input);
    }

    @Override
    public RelExpr withInputs(List<RelExpr> inputs) {
        return new Aggregate(groupBy, aggregator, inputs.getFirst());
    }

    @Override
    public String label() {
        return aggregator.symbol() + " by " + groupBy;
    }
}
