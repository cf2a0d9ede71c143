package org.relata.algebra;

import java.util.List;

/// The sum of relations key by key. This alone is an outer operation: a key that is absent in one input counts as zero
/// there, and the result has every key that any input has.
///
/// @param inputs at least one, of one key and shape
/// @param type derived from the rest; leave it to the shorter constructor
public record Add(List<RelExpr> inputs, RelationType type) implements RelExpr {
    /// Copies.
    public Add {
        inputs = List.copyOf(inputs);
    }

    /// The operator, checked.
    public Add(List<RelExpr> inputs) {
        this(inputs, Typing.add(inputs.stream().map(RelExpr::type).toList()));
    }

    @Override
    public RelExpr withInputs(List<RelExpr> others) {
        return new Add(others);
    }

    @Override
    public String label() {
        return "add";
    }
}
