package org.relata.algebra;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.relata.algebra.value.Relation;

/// A fixed relation, part of the program.
///
/// @param relation its tuples
public record Constant(Relation relation) implements RelExpr {
    @Override
    public RelationType type() {
        return new RelationType(
                relation.attributes(),
                relation.shape(),
                new Facts(Map.of(), false, Set.of(), OptionalDouble.of(relation.size())));
    }

    @Override
    public List<RelExpr> inputs() {
        return List.of();
    }

    @Override
    public RelExpr withInputs(List<RelExpr> inputs) {
        return this;
    }

    @Override
    public String label() {
        return "constant " + (relation.size() < 4 ? relation.tuples() : relation.size() + " tuples");
    }
}
