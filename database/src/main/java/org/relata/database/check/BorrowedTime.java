package org.relata.database.check;

import java.util.ArrayList;
import java.util.List;
import org.relata.database.Sql;

/// The remedy for a table whose rows have no time of their own but refer to rows that have one: a line came to be with
/// its
/// order, a result with its race.
public final class BorrowedTime {
    private BorrowedTime() {}

    /// What to write into `database.yaml`, ready to be pasted.
    ///
    /// @param table the table without times
    /// @param columns its foreign key
    /// @param parent the table that it leads to
    /// @param key the primary key of that table
    /// @param time the time column of that table
    public static String remedy(String table, List<String> columns, String parent, List<String> key, String time) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            equal.add("t." + Sql.id(columns.get(i)) + " = p." + Sql.id(key.get(i)));
        }
        return "date them by %s in database.yaml, table %s: `sql: SELECT t.*, p.%s FROM %s t LEFT JOIN %s p ON %s` and `time_col: %s`"
                .formatted(
                        parent, table, Sql.id(time), Sql.id(table), Sql.id(parent), String.join(" AND ", equal), time);
    }
}
