package org.relata.cli.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Inference;
import org.relata.database.Schema;
import org.relata.database.task.Task;
import org.relata.learn.fit.FitSettings;

/// What a report tells besides the outcome of the fit: the question, the data, and how to do it again.
///
/// @param schema the database as the fit saw it
/// @param task the question
/// @param settings how it was answered
/// @param source where the data came from, as the user wrote it but without passwords
/// @param command the command line that does it again, one line
/// @param versions the version of everything that matters to the result, by name, most important first
/// @param fingerprint the fingerprint of the data
/// @param tables the facts of each table by name; a table may be missing
/// @param writtenAt when the fit ended
/// @param inferences what was concluded about the data rather than declared
/// @param issues what was found wrong in the data
public record ReportContext(
        Schema schema,
        Task task,
        FitSettings settings,
        String source,
        String command,
        Map<String, String> versions,
        String fingerprint,
        Map<String, TableFacts> tables,
        Instant writtenAt,
        List<Inference> inferences,
        List<DataIssue> issues) {
    /// The context of a fit that just ended, with what the open database tells by itself.
    ///
    /// @param database the database as the fit saw it
    /// @param task the question
    /// @param settings how it was answered
    /// @param source where the data came from, without passwords
    /// @param command the command line that does it again
    /// @param versions versions by name
    /// @param fingerprint the fingerprint of the data
    /// @param writtenAt when the fit ended
    public static ReportContext of(
            Database database,
            Task task,
            FitSettings settings,
            String source,
            String command,
            Map<String, String> versions,
            String fingerprint,
            Instant writtenAt) {
        return new ReportContext(
                database.schema(),
                task,
                settings,
                source,
                command,
                versions,
                fingerprint,
                TableFacts.of(database),
                writtenAt,
                database.inferences(),
                database.issues());
    }

    /// Copies the collections, keeping their order.
    public ReportContext {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        inferences = List.copyOf(inferences);
        issues = List.copyOf(issues);
    }
}
