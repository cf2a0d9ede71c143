package org.relata.synth.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A database to be drawn: its tables in order, and how they are linked.
///
/// Links may form circles and may lead back to the same table; the generator breaks them where values flow.
///
/// @param tables the tables, at least one
/// @param span from when to when dated rows reach; empty when that is drawn
public record SchemaPlan(List<TablePlan> tables, Optional<TimeSpan> span) {
    /// Copies the tables; refuses two tables of one name and links to tables that are missing or have no primary key.
    public SchemaPlan {
        tables = List.copyOf(tables);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("a database needs a table");
        }
        Map<String, TablePlan> names = new HashMap<>();
        for (TablePlan table : tables) {
            if (names.put(table.name().toLowerCase(Locale.ROOT), table) != null) {
                throw new IllegalArgumentException("two tables are called " + table.name());
            }
        }
        for (TablePlan table : tables) {
            for (LinkPlan link : table.foreignKeys()) {
                TablePlan parent = names.get(link.parent().toLowerCase(Locale.ROOT));
                if (parent == null || !parent.name().equals(link.parent())) {
                    throw new IllegalArgumentException(
                            table.name() + "." + link.column() + " refers to " + link.parent() + ", which is no table");
                }
                if (parent.primaryKey().isEmpty()) {
                    throw new IllegalArgumentException(table.name() + "." + link.column() + " refers to "
                            + link.parent() + ", which has no primary key");
                }
            }
        }
    }

    /// A plan whose time span is drawn.
    public static SchemaPlan of(List<TablePlan> tables) {
        return new SchemaPlan(tables, Optional.empty());
    }

    /// The position of the table of that name, which must exist.
    public int indexOf(String table) {
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).name().equals(table)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no table " + table);
    }
}
