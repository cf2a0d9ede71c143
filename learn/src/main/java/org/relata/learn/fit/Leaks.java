package org.relata.learn.fit;

import org.relata.database.DataIssue;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.task.TaskTables;
import org.relata.features.leak.CutOffProof;
import org.relata.features.leak.LeakLinter;
import org.relata.features.leak.LeakOptions;
import org.relata.features.leak.LeakReport;
import org.relata.features.plan.FeaturePlan;

/// The leak linter's two turns in a fit: the data before anything is learned, and the queries before anything is
/// computed for test.
final class Leaks {
    private Leaks() {}

    /// What the data and the task say by themselves.
    ///
    /// @throws RelataException with the first finding of severity ERROR, unless leaks are tolerated
    static LeakReport inData(FitRequest request, TaskTables tables, FitLog log) {
        log.stage("leak linter");
        Schema view = request.database().schema().without(request.task().hidden());
        LeakReport report = LeakLinter.check(request.database(), view, request.task(), tables, LeakOptions.standard());
        refuse(report, request);
        return report;
    }

    /// The same with a proof, from the SQL that runs, of what each feature may see.
    ///
    /// @throws RelataException when the proof fails, unless leaks are tolerated
    static LeakReport inFeatures(FitRequest request, LeakReport before, Schema view, FeaturePlan plan, FitLog log) {
        log.stage("leak linter");
        LeakReport report = before.with(CutOffProof.of(request.database(), view, plan));
        log.note("leak linter: " + report.verdict());
        refuse(report, request);
        return report;
    }

    private static void refuse(LeakReport report, FitRequest request) {
        if (report.fatal() && !request.tolerateLeaks()) {
            DataIssue first = report.findings().stream()
                    .filter(f -> f.severity() == DataIssue.Severity.ERROR)
                    .findFirst()
                    .orElseThrow();
            String place = first.table() + first.column().map(c -> "." + c).orElse("");
            throw RelataException.failure(first.code(), place, first.message(), first.remedy());
        }
    }
}
