package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relata.cli.report.Node.Tag;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.features.Feature;
import org.relata.learn.fit.Method;

/// What was found wrong, worst first, and the leak linter's verdict on it.
final class Findings {
    private Findings() {}

    static Tag leaks(ReportData data) {
        Tag section = Sections.section("leaks", "Does it peek into the future?");
        if (data.result().method() == Method.BASELINE) {
            return section.add(texted(
                    "p", "verdict banner caution", "Not checked: a baseline reads labels only, and no features."));
        }
        List<DataIssue> found = data.result().leaks();
        long errors = count(found, Severity.ERROR);
        long warnings = count(found, Severity.WARNING);
        String state = errors > 0 ? "bad" : warnings > 0 ? "caution" : "good";
        String verdict = errors > 0
                ? "The leak linter found " + Figures.count(errors, "error")
                        + ", tolerated on request. The scores above are not to be trusted until they are mended."
                : warnings > 0
                        ? "No leak found. " + Figures.count(warnings, "warning") + " to look at."
                        : "No leak found.";
        section.add(texted("p", "verdict banner " + state, verdict));
        if (!data.result().importances().isEmpty()) {
            section.add(texted("p", "aside", proof(data)));
        }
        return found.isEmpty() ? section : section.add(list(found));
    }

    /// How the features listed in the report are kept from the future.
    private static String proof(ReportData data) {
        var byBound = data.result().importances().stream()
                .collect(Collectors.groupingBy(i -> i.feature().time(), Collectors.counting()));
        long bounded = byBound.getOrDefault(Feature.TimeBound.BEFORE_CUTOFF, 0L);
        long fixed = byBound.getOrDefault(Feature.TimeBound.STATIC, 0L);
        long own = byBound.getOrDefault(Feature.TimeBound.CUTOFF_ONLY, 0L);
        return "The " + Figures.count(data.result().importances().size(), "feature")
                + " listed above, by what keeps them from the future: a condition in the query that admits only rows dated"
                + " before the cut-off: " + Figures.count(bounded)
                + "; static tables only, whose rows carry no time to check: " + Figures.count(fixed)
                + "; nothing but the cut-off: " + Figures.count(own) + ".";
    }

    static Tag list(List<DataIssue> issues) {
        Tag list = tag("ul", "findings");
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            issues.stream().filter(i -> i.severity() == severity).forEach(i -> list.add(item(i)));
        }
        return list;
    }

    private static Tag item(DataIssue issue) {
        Tag item = tag("li", style(issue.severity()))
                .add(tag("p", "where")
                        .add(texted("span", "chip", word(issue.severity())))
                        .text(" ")
                        .add(texted("strong", place(issue.table(), issue.column())))
                        .text(" ")
                        .add(texted("code", issue.code())))
                .add(texted(
                        "p",
                        Sections.sentence(issue.message())
                                + (issue.count() > 0 ? " (" + Figures.count(issue.count(), "row") + ")" : "")));
        return issue.remedy().isEmpty()
                ? item
                : item.add(tag("p", "remedy").add(texted("strong", "Remedy: ")).text(issue.remedy()));
    }

    static String place(String table, Optional<String> column) {
        return column.map(c -> table + "." + c).orElse(table);
    }

    private static long count(List<DataIssue> issues, Severity severity) {
        return issues.stream().filter(i -> i.severity() == severity).count();
    }

    private static String word(Severity severity) {
        return switch (severity) {
            case ERROR -> "Error";
            case WARNING -> "Warning";
            case INFO -> "Note";
        };
    }

    private static String style(Severity severity) {
        return switch (severity) {
            case ERROR -> "bad";
            case WARNING -> "caution";
            case INFO -> "info";
        };
    }
}
