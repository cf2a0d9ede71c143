package org.relata.database.source;

import java.util.List;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.ForeignKey;
import org.relata.database.Table;
import org.relata.database.infer.Relation;

/// How one table of the store is made from its raw rows.
///
/// @param relation the raw rows
/// @param columns the columns of the store
/// @param primaryKey the primary key
/// @param links the foreign keys, with what they are matched by
/// @param timeColumn the time column
record TablePlan(
        Relation relation,
        List<PlannedColumn> columns,
        List<String> primaryKey,
        List<Declared.Link> links,
        Optional<String> timeColumn) {
    /// A column of the store.
    ///
    /// @param name its name
    /// @param kind what it means
    /// @param sql its value from a raw row, in the type the store keeps
    record PlannedColumn(String name, ColumnKind kind, String sql) {}

    String name() {
        return relation.name();
    }

    /// The shape of the finished table.
    Table table() {
        return new Table(
                name(),
                columns.stream().map(c -> new Column(c.name(), c.kind())).toList(),
                primaryKey,
                links.stream().map(l -> new ForeignKey(l.columns(), l.table())).toList(),
                timeColumn);
    }

    /// The stored value of a column, or the raw value of one that only matches links.
    String sql(String column) {
        return columns.stream()
                .filter(c -> c.name().equals(column))
                .map(PlannedColumn::sql)
                .findFirst()
                .orElseGet(() -> relation.require(column).sql());
    }
}
