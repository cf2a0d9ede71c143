package org.relata.sql.parse;

import java.util.Optional;
import org.relata.algebra.value.Shape;

/// Tells shapes that a model file leaves open (`VECTOR[]`, `MATRIX[][]`), usually by a look at the data.
@FunctionalInterface
public interface ShapeSource {
    /// The shape of the values of a column, when known.
    Optional<Shape> shape(String table, String column);

    /// Knows nothing.
    static ShapeSource none() {
        return (table, column) -> Optional.empty();
    }
}
