package org.relata.sql.model;

import java.util.List;
import java.util.Optional;
import org.relata.algebra.Facts;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;

/// A table as a model file declares it. Its integer and text columns are key attributes, its numbers, vectors and
/// matrices are values: one relation for each of them, or one relation of ones if there is none.
///
/// @param name as declared
/// @param keys all key attributes, in order
/// @param primaryKey the names of those that determine a row
/// @param values the value columns
public record Table(String name, List<KeyColumn> keys, List<String> primaryKey, List<ValueColumn> values) {
    /// A key attribute.
    ///
    /// @param range its values, where a CHECK states them
    /// @param references the table and column that hold all its values, where a foreign key says so
    public record KeyColumn(Attribute attribute, Optional<Facts.Range> range, Optional<Reference> references) {}

    /// A column of another table.
    public record Reference(String table, String column) {}

    /// A value column.
    ///
    /// @param learned how it starts, if it is a parameter
    public record ValueColumn(String name, Shape shape, Optional<Initialiser> learned) {}

    /// Copies.
    public Table {
        keys = List.copyOf(keys);
        primaryKey = List.copyOf(primaryKey);
        values = List.copyOf(values);
    }
}
