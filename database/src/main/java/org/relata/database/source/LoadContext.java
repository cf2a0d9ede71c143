package org.relata.database.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relata.database.Inference;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.check.IssueLog;
import org.relata.database.config.DatabaseConfig;
import org.relata.database.config.TableConfig;

/// What a source needs to copy its tables: where to, what is wanted, and where to report.
///
/// @param workspace where raw tables go
/// @param config what is declared
/// @param issues where findings go
/// @param inferences where conclusions go
/// @param available filled with the names of all tables of the source, also of those that are not copied
/// @param progress told how far the work is
record LoadContext(
        Workspace workspace,
        DatabaseConfig config,
        IssueLog issues,
        List<Inference> inferences,
        List<String> available,
        Progress progress) {
    /// Whether a raw table is needed: when nothing is declared, when it is a declared table, or when SQL may read it.
    boolean needs(String rawTable) {
        if (config.tables().isEmpty()) {
            return true;
        }
        for (Map.Entry<String, TableConfig> table : config.tables().entrySet()) {
            TableConfig declared = table.getValue();
            if (declared.sql().isPresent()) {
                if (declared.sql().get().toLowerCase(Locale.ROOT).contains(rawTable.toLowerCase(Locale.ROOT))) {
                    return true;
                }
            } else if (declared.path().isEmpty() && table.getKey().equals(rawTable)) {
                return true;
            }
        }
        return false;
    }

    /// Stops when the user asked to.
    static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw RelataException.failure("interrupted", "loading", "it was interrupted", "start it again");
        }
    }
}
