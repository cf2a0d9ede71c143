package org.relata.synth.table;

import java.util.List;
import java.util.Optional;
import org.relata.synth.schema.LinkPlan;

/// What a table looks like once it is settled: the plan may have asked for columns that turned out constant.
///
/// @param name its name
/// @param primaryKey the column that numbers its rows
/// @param foreignKeys its links, in the order of their columns
/// @param columns all columns in order: primary key, foreign keys, features, time
/// @param timeColumn the column that dates its rows
/// @param rows how many rows it has
public record TableShape(
        String name,
        Optional<String> primaryKey,
        List<LinkPlan> foreignKeys,
        List<ShownColumn> columns,
        Optional<String> timeColumn,
        long rows) {
    /// Copies the lists.
    public TableShape {
        foreignKeys = List.copyOf(foreignKeys);
        columns = List.copyOf(columns);
    }

    /// What a column holds.
    public enum Type {
        /// A row number, of this table or of another.
        KEY,
        /// A whole number.
        LONG,
        /// A real number.
        REAL,
        /// True or false.
        FLAG,
        /// A label, one of a few.
        LABEL,
        /// A text.
        TEXT,
        /// A day.
        DAY,
        /// A point in time.
        INSTANT
    }

    /// A column.
    ///
    /// @param name its name
    /// @param type what it holds
    public record ShownColumn(String name, Type type) {}
}
