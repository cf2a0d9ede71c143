package org.relata.features.plan;

import java.util.List;
import java.util.Optional;

/// What features read of one table: its links, its time and its measures.
///
/// @param table the source table
/// @param timeColumn the column that dates its rows
/// @param links its foreign keys in order; the encoded table keeps `__fk0` … as they are
/// @param measures the columns of the encoded table, in order
public record EncodedTable(String table, Optional<String> timeColumn, List<Link> links, List<Measure> measures) {
    /// The name of the column with the time of the row, in encoded tables.
    public static final String TIME = "__time";

    /// Where a foreign key leads.
    ///
    /// @param parent the table it refers to
    /// @param timeColumn the column that dates the parent's rows: a parent that the cut-off hides is not counted either
    public record Link(String parent, Optional<String> timeColumn) {}

    /// Copies the lists.
    public EncodedTable {
        links = List.copyOf(links);
        measures = List.copyOf(measures);
    }

    /// Whether rows of the table carry a time.
    public boolean timed() {
        return timeColumn.isPresent();
    }
}
