package org.relata.database;

import java.util.Optional;

/// Something found in the data that is not as the schema says, counted.
///
/// @param code stable: `key.dangling`, `key.duplicate`, `key.null`, `type.mixed`, `time.unparsable`, `table.empty`,
///     `column.null`, …
/// @param severity whether work goes on
/// @param table the table
/// @param column the column, when it is about one
/// @param count how many rows are affected
/// @param message what is wrong, as a sentence with a few example values
/// @param remedy what would fix or tolerate it, naming the `database.yaml` entry
public record DataIssue(
        String code,
        Severity severity,
        String table,
        Optional<String> column,
        long count,
        String message,
        String remedy) {
    /// Whether an issue stops the work.
    public enum Severity {
        /// Worth knowing.
        INFO,
        /// Tolerated; rows or values were set aside as the message says.
        WARNING,
        /// Stops the work unless `database.yaml` tolerates it.
        ERROR
    }
}
