package org.relata.database.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.RelataException;
import org.relata.database.config.Policy;

/// Collects findings in the data and decides, by the policy of `database.yaml`, which of them stop the work.
public final class IssueLog {
    private final Policy policy;
    private final List<DataIssue> issues = new ArrayList<>();

    /// A log without findings.
    public IssueLog(Policy policy) {
        this.policy = policy;
    }

    /// Adds a finding.
    ///
    /// @param code one of [org.relata.database.config.IssueCodes]
    /// @param normally how severe it is unless the policy says otherwise
    /// @param table the table
    /// @param column the column, when it is about one
    /// @param count how many rows
    /// @param message what is wrong, as a sentence with a few example values
    /// @param remedy what else than tolerating it would mend it; may be empty
    public void add(
            String code,
            Severity normally,
            String table,
            Optional<String> column,
            long count,
            String message,
            String remedy) {
        Severity severity = policy.severity(code, table, column, normally);
        String place = column.map(c -> table + "." + c).orElse(table);
        String line =
                "`" + (severity == Severity.ERROR ? "tolerate" : "fatal") + ": {\"" + place + "\": [" + code + "]}`";
        String policyRemedy = severity == Severity.ERROR
                ? "to go on all the same add " + line + " to database.yaml"
                : "to stop here instead add " + line + " to database.yaml";
        issues.add(new DataIssue(
                code,
                severity,
                table,
                column,
                count,
                message,
                remedy.isEmpty() ? policyRemedy : remedy + ", or " + policyRemedy));
    }

    /// The findings so far.
    public List<DataIssue> issues() {
        return List.copyOf(issues);
    }

    /// Stops the work if a finding is fatal.
    ///
    /// @throws RelataException with the code, place and remedy of the first fatal finding and the number of others
    public void stopIfFatal() {
        List<DataIssue> fatal =
                issues.stream().filter(i -> i.severity() == Severity.ERROR).toList();
        if (fatal.isEmpty()) {
            return;
        }
        DataIssue first = fatal.getFirst();
        String others = fatal.size() == 1
                ? ""
                : " (and " + (fatal.size() - 1) + " more: "
                        + String.join(
                                ", ",
                                fatal.stream()
                                        .skip(1)
                                        .limit(5)
                                        .map(i -> i.code() + " in "
                                                + i.column()
                                                        .map(c -> i.table() + "." + c)
                                                        .orElse(i.table()))
                                        .toList())
                        + ")";
        throw RelataException.usage(
                first.code(),
                "table " + first.table()
                        + first.column().map(c -> ", column " + c).orElse(""),
                first.message() + others,
                first.remedy());
    }
}
