package org.relata.synth.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A table to be drawn.
///
/// Its columns are stored in this order: primary key, foreign keys, features, time.
///
/// @param name its name
/// @param primaryKey the column that numbers its rows; empty when nothing does
/// @param foreignKeys its links to parents, in the order of their columns
/// @param columns its feature columns
/// @param timeColumn the column that dates its rows; empty for a static table
/// @param rows how many rows it has; absent when that is drawn
public record TablePlan(
        String name,
        Optional<String> primaryKey,
        List<LinkPlan> foreignKeys,
        List<ColumnPlan> columns,
        Optional<String> timeColumn,
        OptionalLong rows) {
    /// Copies the lists; refuses two columns of one name, also where only the case differs, as a database would.
    public TablePlan {
        foreignKeys = List.copyOf(foreignKeys);
        columns = List.copyOf(columns);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a table needs a name");
        }
        if (rows.isPresent() && rows.getAsLong() < 0) {
            throw new IllegalArgumentException("table " + name + " cannot have " + rows.getAsLong() + " rows");
        }
        Set<String> taken = new HashSet<>();
        primaryKey.ifPresent(c -> claim(taken, name, c));
        foreignKeys.forEach(k -> claim(taken, name, k.column()));
        columns.forEach(c -> claim(taken, name, c.name()));
        timeColumn.ifPresent(c -> claim(taken, name, c));
    }

    private static void claim(Set<String> taken, String table, String column) {
        if (!taken.add(column.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("table " + table + " has two columns called " + column);
        }
    }
}
