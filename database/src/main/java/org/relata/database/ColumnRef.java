package org.relata.database;

/// A column by the name of its table and its own.
///
/// @param table the table's name
/// @param column the column's name
public record ColumnRef(String table, String column) {
    @Override
    public String toString() {
        return table + "." + column;
    }
}
