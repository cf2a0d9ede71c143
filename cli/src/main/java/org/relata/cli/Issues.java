package org.relata.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.database.DataIssue;
import org.relata.database.Inference;

/// What was found wrong in data and what was concluded from it, as lines and as JSON.
final class Issues {
    private Issues() {}

    /// One line an issue and one for its remedy, worst first.
    ///
    /// @param most how many to print; the rest is counted
    static void print(Terminal terminal, List<DataIssue> issues, int most) {
        List<DataIssue> worstFirst = issues.stream()
                .sorted((a, b) -> b.severity().compareTo(a.severity()))
                .toList();
        for (DataIssue issue : worstFirst.stream().limit(most).toList()) {
            terminal.line("  " + terminal.bold(issue.severity().name().toLowerCase(Locale.ROOT)) + " " + place(issue)
                    + ": " + issue.message());
            if (!issue.remedy().isEmpty()) {
                terminal.line("    " + terminal.faint(issue.remedy()));
            }
        }
        if (worstFirst.size() > most) {
            terminal.line("  … and " + Text.count(worstFirst.size() - most) + " more: see 'relata inspect'");
        }
    }

    /// The table and the column of an issue.
    static String place(DataIssue issue) {
        return issue.table() + issue.column().map(column -> "." + column).orElse("");
    }

    /// An inference for JSON.
    static Map<String, Object> json(Inference inference) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("table", inference.table());
        inference.column().ifPresent(column -> map.put("column", column));
        map.put("conclusion", inference.conclusion());
        map.put("evidence", inference.evidence());
        map.put("confidence", inference.confidence());
        return map;
    }
}
