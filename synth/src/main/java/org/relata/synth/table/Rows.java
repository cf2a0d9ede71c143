package org.relata.synth.table;

import java.util.List;
import org.relata.synth.column.Cells;

/// Some rows of a table, one after the other.
///
/// @param first the number of the first
/// @param count how many
/// @param columns the cells of each column, in the order of [TableShape#columns()]
public record Rows(long first, int count, List<Cells> columns) {
    /// Copies the list.
    public Rows {
        columns = List.copyOf(columns);
    }
}
