package org.relata.sql.model;

import java.util.List;
import java.util.Optional;
import org.relata.algebra.Scan;
import org.relata.algebra.kernel.Kernel;

/// What a scan of the program reads.
///
/// @param scan the scan; its relation's name is the table's or, if the table has several value columns,
///     `table.column`, with `?` and a number after it where a condition over values applies
/// @param table where the rows are
/// @param column which value; empty for a table of keys, whose value is 1
/// @param condition over the values of `read`, as arguments 0, 1, …: rows where it is 0 are left out; empty keeps all
/// @param read the value columns that the condition reads
public record Input(
        Scan scan,
        Table table,
        Optional<Table.ValueColumn> column,
        Optional<Kernel> condition,
        List<Table.ValueColumn> read) {
    /// Copies.
    public Input {
        read = List.copyOf(read);
    }

    /// The name of the relation.
    public String relation() {
        return scan.relation();
    }

    /// Whether it is learned.
    public boolean learned() {
        return scan.role() == Scan.Role.PARAMETER;
    }
}
