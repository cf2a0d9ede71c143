package org.relata.features.leak;

import java.util.ArrayList;
import java.util.List;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;

/// What the leak linter has to say.
///
/// @param findings what was found, gravest first
/// @param features how many features were looked at
/// @param proven for how many of them it is proven that every dated row they read lies before the cut-off
/// @param undated how many read undated tables only, so that there is nothing to prove
/// @param columns how many columns were looked at
public record LeakReport(List<DataIssue> findings, int features, int proven, int undated, int columns) {
    /// Copies the list.
    public LeakReport {
        findings = List.copyOf(findings);
    }

    /// This report with what a proof has to say about the features.
    public LeakReport with(CutOffProof proof) {
        List<DataIssue> all = new ArrayList<>(proof.findings());
        all.addAll(findings);
        return new LeakReport(all, proof.features(), proof.proven(), proof.undated(), columns);
    }

    /// Whether something was found that stops a fit.
    public boolean fatal() {
        return count(Severity.ERROR) > 0;
    }

    /// How many findings of a severity there are.
    public int count(Severity severity) {
        return (int) findings.stream().filter(f -> f.severity() == severity).count();
    }

    /// The verdict in one sentence: `no leak found; 214 features proven to read …`.
    public String verdict() {
        StringBuilder verdict = new StringBuilder();
        int leaks = count(Severity.ERROR);
        int warnings = count(Severity.WARNING);
        if (leaks > 0) {
            verdict.append(plural(leaks, "leak"))
                    .append(" found (")
                    .append(places())
                    .append(')');
        } else {
            verdict.append("no leak found");
        }
        if (warnings > 0) {
            verdict.append(", ").append(plural(warnings, "warning"));
        }
        verdict.append("; ").append(plural(columns, "column")).append(" checked");
        if (features > 0) {
            verdict.append(", ")
                    .append(proven)
                    .append(" of ")
                    .append(plural(features, "feature"))
                    .append(" proven to read only rows dated before the cut-off");
            if (undated > 0) {
                verdict.append(", ").append(undated).append(" read undated rows only");
            }
        }
        return verdict.toString();
    }

    private String places() {
        return findings.stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .map(f -> f.column().map(c -> f.table() + "." + c).orElse(f.table()))
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private static String plural(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
