package org.relata.database;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tables of a database and, where it has them, the two times that split it for evaluation.
///
/// @param name what the database is called
/// @param tables the tables, in a fixed order, with unique names
/// @param validationTime V: the first validation seed time
/// @param testTime T: the first test seed time; rows after it are never shown to a model in the frozen regime
public record Schema(
        String name, List<Table> tables, Optional<LocalDateTime> validationTime, Optional<LocalDateTime> testTime) {
    /// Copies the tables; refuses repeated names, and foreign keys to tables that are missing or have no primary key.
    public Schema {
        tables = List.copyOf(tables);
        Set<String> names = tables.stream().map(Table::name).collect(Collectors.toSet());
        if (names.size() != tables.size()) {
            throw new IllegalArgumentException("database " + name + " has two tables of one name");
        }
        for (Table table : tables) {
            for (ForeignKey link : table.foreignKeys()) {
                Table target = tables.stream()
                        .filter(t -> t.name().equals(link.targetTable()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(table.name() + "." + link.label()
                                + " refers to " + link.targetTable() + ", which is not a table"));
                if (target.primaryKey().size() != link.columns().size()) {
                    throw new IllegalArgumentException(table.name() + "." + link.label() + " has "
                            + link.columns().size()
                            + " column(s), but the primary key of " + link.targetTable() + " has "
                            + target.primaryKey().size());
                }
            }
        }
    }

    /// The table of that name, if there is one.
    public Optional<Table> table(String tableName) {
        return tables.stream().filter(t -> t.name().equals(tableName)).findFirst();
    }

    /// The table of that name, which must exist.
    ///
    /// @throws RelataException with the known names, when there is none
    public Table require(String tableName) {
        return table(tableName)
                .orElseThrow(() -> RelataException.usage(
                        "table.unknown",
                        "table " + tableName,
                        "there is no such table",
                        "use one of: " + tables.stream().map(Table::name).collect(Collectors.joining(", "))));
    }

    /// This schema without the given columns, for tasks that hide them. Keys and time columns cannot be hidden.
    public Schema without(List<ColumnRef> hidden) {
        return new Schema(
                name,
                tables.stream()
                        .map(t -> new Table(
                                t.name(),
                                t.columns().stream()
                                        .filter(c -> !hidden.contains(new ColumnRef(t.name(), c.name())))
                                        .toList(),
                                t.primaryKey(),
                                t.foreignKeys(),
                                t.timeColumn()))
                        .toList(),
                validationTime,
                testTime);
    }
}
