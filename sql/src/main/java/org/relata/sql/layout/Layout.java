package org.relata.sql.layout;

import java.util.List;
import java.util.SequencedMap;
import org.relata.algebra.RelExpr;
import org.relata.algebra.value.Shape;

/// How tensors stand in tables.
public enum Layout {
    /// One row an element, with an index column for each axis that is longer than 1. Every database takes it, whatever
    /// the
    /// shapes.
    SCALAR,
    /// One row a tensor, with a column for each element.
    WIDE;

    /// The extents of the axes that have an index column.
    public List<Integer> axes(Shape shape) {
        return this == WIDE
                ? List.of()
                : shape.extents().stream().filter(extent -> extent > 1).toList();
    }

    /// How many value columns there are.
    public int columns(Shape shape) {
        return this == WIDE ? shape.size() : 1;
    }

    /// The same program over relations in this layout, without aggregators that databases lack.
    public SequencedMap<String, RelExpr> apply(SequencedMap<String, RelExpr> outputs) {
        // Scalarise makes aggregators of reductions, so it comes first.
        return Lowering.apply(this == WIDE ? outputs : Scalarise.apply(outputs));
    }
}
