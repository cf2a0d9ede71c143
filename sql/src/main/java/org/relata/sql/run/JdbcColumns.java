package org.relata.sql.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.ValueColumn;
import org.relata.sql.write.Columns;

/// The columns of a model's tables as they stand in a database. A parameter that is not there yet is a list, as
/// training
/// makes it; anything else has to be there.
public final class JdbcColumns implements Columns {
    private final JdbcTables tables;
    /// How the database spells the names of tables that it has.
    private final Map<String, Optional<String>> spelled = new HashMap<>();

    /// What is called how in a database.
    public JdbcColumns(JdbcTables tables) {
        this.tables = tables;
    }

    @Override
    public String table(Table table) {
        return spelled(table).orElseGet(() -> awaited(table) ? table.name() : tables.table(table.name()));
    }

    private Optional<String> spelled(Table table) {
        return spelled.computeIfAbsent(table.name(), tables::spelled);
    }

    /// Whether training will make the table.
    private boolean awaited(Table table) {
        return spelled(table).isEmpty()
                && !table.values().isEmpty()
                && table.values().stream().allMatch(value -> value.learned().isPresent());
    }

    @Override
    public String column(Table table, String column) {
        String name = table(table);
        return awaited(table) ? column : tables.column(name, column).orElseThrow(() -> tables.noColumn(name, column));
    }

    @Override
    public Optional<String> whole(Table table, ValueColumn column) {
        String name = table(table);
        Optional<String> there = tables.column(name, column.name());
        return there.isEmpty() && column.learned().isPresent() && !tables.holds(name, column)
                ? Optional.of(column.name())
                : there;
    }

    @Override
    public int first(Table table, ValueColumn column) {
        return tables.column(table(table), column.name() + "_0").isPresent() ? 0 : 1;
    }
}
