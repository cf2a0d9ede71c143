package org.relata.database.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.ForeignKey;

/// What `database.yaml` says about one table.
///
/// @param path the file that holds it, relative to the data folder; empty for the table of that name
/// @param sql DuckDB SQL over the raw tables that defines it; empty for a table read as it is
/// @param primaryKey the columns of its primary key
/// @param timeColumn the column that dates its rows
/// @param foreignKeys its links
/// @param keep the only columns to keep, in their order in the source; empty for all
/// @param columns what is said about single columns, by name
/// @param drop columns to leave out
public record TableConfig(
        Optional<String> path,
        Optional<String> sql,
        Choice<List<String>> primaryKey,
        Choice<String> timeColumn,
        Choice<List<ForeignKey>> foreignKeys,
        List<String> keep,
        Map<String, ColumnConfig> columns,
        List<String> drop) {
    /// Copies lists and map, keeping the map's order.
    public TableConfig {
        keep = List.copyOf(keep);
        drop = List.copyOf(drop);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /// A table of which nothing is said.
    public static TableConfig empty() {
        return new TableConfig(
                Optional.empty(),
                Optional.empty(),
                Choice.inferred(),
                Choice.inferred(),
                Choice.inferred(),
                List.of(),
                Map.of(),
                List.of());
    }

    /// What is said about a column; nothing when it is not mentioned.
    public ColumnConfig column(String name) {
        return columns.getOrDefault(name, new ColumnConfig(Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
