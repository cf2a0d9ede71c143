package org.relata.database;

import java.util.List;

/// A link from the rows of one table to the rows of another (or of the same) table.
///
/// The columns match the target's primary key position by position. A row whose columns hold a null, or values that no
/// row of the target has, has no parent.
///
/// @param columns the referencing columns, in the order of the target's primary key; at least one
/// @param targetTable the name of the table that is referenced
public record ForeignKey(List<String> columns, String targetTable) {
    /// Copies the columns and refuses an empty list.
    public ForeignKey {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a foreign key to " + targetTable + " needs at least one column");
        }
    }

    /// The key as people write it: `orders.customer_id` becomes `customer_id`, a composite key `(a, b)`.
    public String label() {
        return columns.size() == 1 ? columns.getFirst() : "(" + String.join(", ", columns) + ")";
    }
}
