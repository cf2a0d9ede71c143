package org.relata.features.leak;

import java.util.Locale;
import java.util.Optional;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;

/// Builds findings with the remedy that fits them.
final class Findings {
    private Findings() {}

    /// A finding about a column that is best not read.
    static DataIssue column(Severity severity, String code, String table, String column, long count, String message) {
        return new DataIssue(code, severity, table, Optional.of(column), count, message, dropOrHide(table, column));
    }

    /// What to write where in order not to read a column.
    static String dropOrHide(String table, String column) {
        return "drop it in database.yaml (tables: %1$s: drop: [%2$s]) or hide it in the task file (remove_columns: [[%1$s, %2$s]])"
                .formatted(table, column);
    }

    /// A share as people write it: `97.5 %`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share).replace(".0 %", " %");
    }

    /// A figure between 0 and 1: `0.973`.
    static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
