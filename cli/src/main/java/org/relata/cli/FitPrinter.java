package org.relata.cli;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.relata.cli.report.TableFacts;
import org.relata.cli.run.CommandText;
import org.relata.cli.run.FitRun;
import org.relata.cli.run.RunConfig;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.database.DataIssue;
import org.relata.database.metric.Metric;
import org.relata.database.task.Split;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.Importance;

/// What a person reads of a fit.
final class FitPrinter {
    private static final int MOST_ISSUES = 8;
    private static final int MOST_FEATURES = 8;
    private static final int MOST_BASELINES = 3;

    private final Terminal terminal;

    FitPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What the database holds, once it is open.
    void data(FitRun.Data data) {
        long rows = data.tables().values().stream().mapToLong(TableFacts::rows).sum();
        String span = Stream.of(
                        data.tables().values().stream()
                                .flatMap(t -> t.first().stream())
                                .min(Comparator.naturalOrder()),
                        data.tables().values().stream()
                                .flatMap(t -> t.last().stream())
                                .max(Comparator.naturalOrder()))
                .flatMap(Optional::stream)
                .map(time -> time.toLocalDate().toString())
                .reduce((first, last) -> ", " + first + " to " + last)
                .orElse("");
        terminal.line(terminal.bold(data.name()) + ": "
                + Text.count(data.tables().size(), "table") + ", " + Text.count(rows, "row") + span);
        Issues.print(
                terminal,
                data.issues().stream()
                        .filter(i -> i.severity() != DataIssue.Severity.INFO)
                        .toList(),
                MOST_ISSUES);
        if (data.resumed()) {
            terminal.line("Going on from the checkpoints of an interrupted run.");
        }
    }

    /// The result, the reasons, the files and what to do next.
    ///
    /// @param quiet whether to print nothing but the scores
    void result(FitRun.Finished finished, RunConfig config, boolean quiet) {
        FitResult result = finished.result();
        if (!quiet) {
            leaks(result);
            notes(result);
            terminal.line("");
        }
        terminal.line(terminal.bold(result.task()) + ", " + result.regime() + ": "
                + Text.count(rows(result, Split.TRAIN)) + " train, " + Text.count(rows(result, Split.VALIDATION))
                + " val, "
                + Text.count(rows(result, Split.TEST)) + " test rows; "
                + result.method().label()
                + (result.featureCount() == 0 ? "" : ", " + Text.count(result.featureCount(), "feature")));
        scores(result);
        if (quiet) {
            return;
        }
        reasons(result);
        terminal.line("");
        terminal.line("Took " + Text.duration(Duration.ofMillis(Math.round(result.seconds() * 1000))) + " and "
                + Text.bytes(result.peakMemoryMegabytes() << 20) + " of memory at its peak. Everything is in "
                + finished.folder() + ":");
        terminal.line("  report.html, predictions.parquet, metrics.json, features.sql, model/, config.yaml");
        terminal.line("Next:");
        terminal.line("  open "
                + CommandText.line(
                        List.of(finished.folder().resolve("report.html").toString())));
        terminal.line("  relata predict --run "
                + CommandText.line(List.of(finished.folder().toString())));
    }

    private void leaks(FitResult result) {
        if (!result.leaks().isEmpty()) { // a note says so when there are none
            terminal.line("Leak check: " + Text.count(result.leaks().size(), "finding"));
            Issues.print(terminal, result.leaks(), MOST_ISSUES);
        }
    }

    private void notes(FitResult result) {
        for (String note : result.notes()) {
            terminal.line("  " + note);
        }
    }

    private void scores(FitResult result) {
        String primary = result.primary();
        Columns columns = new Columns(primary, ">val", ">test", "");
        columns.add(
                "relata",
                score(result.metrics(), Split.VALIDATION, primary),
                score(result.metrics(), Split.TEST, primary),
                interval(result));
        if (!result.linearCheck().isEmpty()) {
            columns.add(
                    "linear model",
                    score(result.linearCheck(), Split.VALIDATION, primary),
                    score(result.linearCheck(), Split.TEST, primary),
                    "on the same features");
        }
        for (Map.Entry<String, Map<Split, Map<String, Double>>> baseline : best(result)) {
            columns.add(
                    baseline.getKey().replace('_', ' '),
                    score(baseline.getValue(), Split.VALIDATION, primary),
                    score(baseline.getValue(), Split.TEST, primary),
                    "baseline");
        }
        columns.render().forEach(terminal::line);
        others(result);
    }

    /// The other metrics, in one line.
    private void others(FitResult result) {
        List<String> others = result.metrics().getOrDefault(Split.TEST, Map.of()).entrySet().stream()
                .filter(e -> !e.getKey().equals(result.primary()))
                .map(e -> e.getKey() + " " + Text.score(e.getValue()))
                .toList();
        if (!others.isEmpty()) {
            Text.wrap("On test also: " + String.join(", ", others), 96)
                    .forEach(line -> terminal.line("  " + terminal.faint(line)));
        }
    }

    private void reasons(FitResult result) {
        if (result.importances().isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line("What drives it:");
        for (Importance importance :
                result.importances().stream().limit(MOST_FEATURES).toList()) {
            terminal.line(String.format(
                    "  %6s  %s",
                    Text.percent(importance.share()), importance.feature().sentence()));
        }
    }

    /// The baselines that do best on validation, best first: what a person would compare with.
    private static List<Map.Entry<String, Map<Split, Map<String, Double>>>> best(FitResult result) {
        boolean higher = Metric.named(result.primary(), result.type()).higherIsBetter();
        Comparator<Map.Entry<String, Map<Split, Map<String, Double>>>> byScore = Comparator.comparingDouble(
                e -> e.getValue().getOrDefault(Split.VALIDATION, Map.of()).getOrDefault(result.primary(), Double.NaN));
        return result.baselines().entrySet().stream()
                .filter(e -> Double.isFinite(e.getValue()
                        .getOrDefault(Split.VALIDATION, Map.of())
                        .getOrDefault(result.primary(), Double.NaN)))
                .sorted(higher ? byScore.reversed() : byScore)
                .limit(MOST_BASELINES)
                .toList();
    }

    private static int rows(FitResult result, Split split) {
        return result.rows().getOrDefault(split, 0);
    }

    private static String score(Map<Split, Map<String, Double>> metrics, Split split, String metric) {
        return Text.score(metrics.getOrDefault(split, Map.of()).getOrDefault(metric, Double.NaN));
    }

    private static String interval(FitResult result) {
        return Optional.ofNullable(result.intervals().get(Split.TEST))
                .map(interval -> String.format(
                        Locale.ROOT,
                        "test %.0f %% interval %s to %s",
                        interval.level() * 100,
                        Text.score(interval.low()),
                        Text.score(interval.high())))
                .orElse("");
    }
}
