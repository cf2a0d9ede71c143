package org.relata.database;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The shape of one table: columns, keys, links to other tables, and the column that dates its rows.
///
/// @param name the table's name
/// @param columns all columns, key and time columns included, in storage order
/// @param primaryKey the columns of the primary key in order; empty when the table has none
/// @param foreignKeys the links to parent tables; their order numbers the `__fk0`, `__fk1`, … columns of the store
/// @param timeColumn the column that says when a row came to be known; empty for a static table
public record Table(
        String name,
        List<Column> columns,
        List<String> primaryKey,
        List<ForeignKey> foreignKeys,
        Optional<String> timeColumn) {
    /// Copies the lists; refuses repeated columns and keys or time columns that are not columns.
    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("table " + name + " has two columns called " + column.name());
            }
        }
        for (String key : primaryKey) {
            require(names, name, key, "primary key");
        }
        for (ForeignKey link : foreignKeys) {
            for (String key : link.columns()) {
                require(names, name, key, "foreign key");
            }
        }
        if (timeColumn.isPresent()) {
            require(names, name, timeColumn.get(), "time column");
        }
    }

    private static void require(Set<String> names, String table, String column, String role) {
        if (!names.contains(column)) {
            throw new IllegalArgumentException("table " + table + ": the " + role + " " + column + " is not a column");
        }
    }

    /// The column of that name, if there is one.
    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /// Whether the column belongs to the primary key or to a foreign key.
    public boolean isKey(String columnName) {
        return primaryKey.contains(columnName)
                || foreignKeys.stream().anyMatch(link -> link.columns().contains(columnName));
    }

    /// The columns a learner may read: everything but keys. The time column is among them.
    public List<Column> featureColumns() {
        return columns.stream().filter(c -> !isKey(c.name())).toList();
    }
}
