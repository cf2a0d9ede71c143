package org.relata.sql.write;

import java.util.Optional;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.ValueColumn;

/// What the tables of a model and their columns are called where they stand; names come without quotes.
public interface Columns {
    /// The name of a table.
    String table(Table table);

    /// The name of a column that is no tensor, or of one element of a tensor.
    String column(Table table, String column);

    /// The column that holds a value in one piece: a number, or a list for a tensor. None if there is a column for each
    /// element, named `x_0`, `x_1`, …
    Optional<String> whole(Table table, ValueColumn column);

    /// The number in the name of the column of the first element: `x_0`, or `x_1` where the user counts from one.
    int first(Table table, ValueColumn column);

    /// The columns as a model file declares them, for text that is written without a database at hand.
    ///
    /// @param lists whether tensors are list columns; else there is a column for each element, counted from 0
    static Columns declared(boolean lists) {
        return new Columns() {
            @Override
            public String table(Table table) {
                return table.name();
            }

            @Override
            public String column(Table table, String column) {
                return column;
            }

            @Override
            public Optional<String> whole(Table table, ValueColumn column) {
                return lists || column.shape().rank() == 0 ? Optional.of(column.name()) : Optional.empty();
            }

            @Override
            public int first(Table table, ValueColumn column) {
                return 0;
            }
        };
    }
}
