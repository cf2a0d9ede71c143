package org.relata.features.plan;

import java.util.List;
import java.util.Optional;

/// What features read of one table: its links, its time and its measures.
///
/// @param table the source table
/// @param timeColumn the column that dates its rows
/// @param links how many foreign keys it has; the encoded table keeps `__fk0` … as they are
/// @param measures the columns of the encoded table, in order
public record EncodedTable(String table, Optional<String> timeColumn, int links, List<Measure> measures) {
    /// Copies the measures.
    public EncodedTable {
        measures = List.copyOf(measures);
    }

    /// Whether rows of the table carry a time.
    public boolean timed() {
        return timeColumn.isPresent();
    }
}
