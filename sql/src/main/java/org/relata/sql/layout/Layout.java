package org.relata.sql.layout;

import java.util.ArrayList;
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

    /// The indices of an element along the axes longer than 1.
    ///
    /// @param position of the element, last axis fastest
    public static List<Integer> indices(Shape shape, int position) {
        List<Integer> indices = new ArrayList<>();
        int rest = position;
        for (int extent : shape.extents().reversed()) {
            if (extent > 1) {
                indices.addFirst(rest % extent);
                rest /= extent;
            }
        }
        return indices;
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
