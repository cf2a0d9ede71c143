package org.relata.features.leak;

import java.util.Set;
import org.relata.database.DataIssue;

/// How hard the leak linter looks, and what it is told to let pass.
///
/// @param sampleRows how many rows of a table are read at most
/// @param labelRows how many rows of the label table are read at most
/// @param tooGood from which AUROC (or absolute rank correlation, for numbers) on a single column predicts too well
/// @param tolerated what stays a warning however grave: codes (`column.later`), tables (`orders`), columns
///     (`orders.returned_at`) or one code for one column (`orders.returned_at: column.later`)
public record LeakOptions(int sampleRows, int labelRows, double tooGood, Set<String> tolerated) {
    /// Copies the set.
    public LeakOptions {
        tolerated = Set.copyOf(tolerated);
    }

    /// The defaults: 200,000 rows a table, 50,000 labels, an AUROC of 0.95, nothing tolerated.
    public static LeakOptions standard() {
        return new LeakOptions(200_000, 50_000, 0.95, Set.of());
    }

    /// These options with something let pass.
    public LeakOptions tolerating(Set<String> passes) {
        return new LeakOptions(sampleRows, labelRows, tooGood, passes);
    }

    boolean tolerates(DataIssue issue) {
        String place = issue.column().map(c -> issue.table() + "." + c).orElse(issue.table());
        return tolerated.contains(issue.code())
                || tolerated.contains(issue.table())
                || tolerated.contains(place)
                || tolerated.contains(place + ": " + issue.code());
    }
}
