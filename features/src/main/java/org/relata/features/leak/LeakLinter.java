package org.relata.features.leak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.task.Task;
import org.relata.database.task.TaskLint;
import org.relata.database.task.TaskTables;

/// Looks for leaks before anything is learned: in the task ([TaskLint]), in the data, and beside the known labels. That
/// features respect the cut-off is proven by [CutOffProof], once they are planned; [LeakReport#with] adds the two up.
///
/// It reads a bounded sample of every table, and labels of training and validation rows; never those of test rows.
public final class LeakLinter {
    /// Every lint over the data, in the order they run: first what the tables say by themselves, then what they say
    /// beside the labels.
    private static final List<Lint> LINTS = List.of(
            new UndatedEvents(), new WrittenLater(), new LaterLinks(), new LifetimeTotals(), new TellingColumns());

    private LeakLinter() {}

    /// Looks for leaks in what features may read for a task.
    ///
    /// @param database the rows
    /// @param view what features may read: the database's schema less the columns the task hides
    /// @param task the question
    /// @param tables the label tables; labels of test rows are not read
    /// @param options how hard to look
    /// @throws RelataException `interrupted` when the thread is interrupted between two lints
    public static LeakReport check(Database database, Schema view, Task task, TaskTables tables, LeakOptions options) {
        LeakContext context = new LeakContext(database, view, task, tables, options);
        List<DataIssue> findings = new ArrayList<>();
        context.loadLabels();
        try {
            if (tables.train().size() > 0) {
                findings.addAll(TaskLint.check(database, task, tables));
            }
            for (Lint lint : LINTS) {
                if (Thread.interrupted()) {
                    throw RelataException.failure("interrupted", "leak linter", "stopped on request", "");
                }
                findings.addAll(lint.findings(context));
            }
        } finally {
            context.dropLabels();
        }
        int columns = context.tablesWithRows().stream()
                .mapToInt(t -> context.plainColumns(t).size())
                .sum();
        return new LeakReport(ordered(findings, options), 0, 0, 0, columns);
    }

    private static List<DataIssue> ordered(List<DataIssue> findings, LeakOptions options) {
        return findings.stream()
                .map(f -> options.tolerates(f) && f.severity() == Severity.ERROR ? warning(f) : f)
                .sorted(Comparator.comparing(DataIssue::severity).reversed())
                .toList();
    }

    private static DataIssue warning(DataIssue issue) {
        return new DataIssue(
                issue.code(),
                Severity.WARNING,
                issue.table(),
                issue.column(),
                issue.count(),
                issue.message() + " (tolerated)",
                issue.remedy());
    }
}
