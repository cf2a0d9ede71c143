package org.relata.database;

/// A column of a [Table]: its name as the source spells it, and what its values mean.
///
/// @param name the column's name, never blank
/// @param kind what its values mean
public record Column(String name, ColumnKind kind) {
    /// Refuses a blank name.
    public Column {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }
}
