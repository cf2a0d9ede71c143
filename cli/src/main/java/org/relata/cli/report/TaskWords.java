package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.relata.cli.report.Node.Tag;
import org.relata.database.task.AutoCompleteTask;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.learn.fit.ScoredRows;

/// The question of a report in plain English.
final class TaskWords {
    private TaskWords() {}

    /// What is predicted, of what, and when: one sentence with the names set as code.
    static Tag question(ReportData data) {
        Task task = data.context().task();
        Tag text = tag("p", "lede").text("Predicts ");
        text.add(code(task.targetColumn())).text(", " + kind(data) + ", ");
        switch (task) {
            case ForecastTask forecast -> {
                text.text("for each of the ").add(code(forecast.entityTable()));
                text.text(" over the " + Figures.span(forecast.window()) + " after a given time, ");
                text.text("from what the database holds up to that time.");
            }
            case AutoCompleteTask fill -> {
                text.text("for rows of ").add(code(fill.entityTable()));
                text.text(" that do not have it yet, from what the database holds up to the row’s own time.");
            }
        }
        return text;
    }

    /// How it was judged, in two or three sentences.
    static String judged(ReportData data) {
        Task task = data.context().task();
        StringBuilder text = new StringBuilder();
        text.append("Learned from ")
                .append(Figures.count(data.rowCount(Split.TRAIN), "row"))
                .append(" before ");
        text.append(Figures.time(task.validationTime())).append(", chosen on ");
        text.append(Figures.count(data.rowCount(Split.VALIDATION), "row")).append(seeds(data, Split.VALIDATION));
        text.append(", judged once on ").append(Figures.count(data.rowCount(Split.TEST), "row"));
        text.append(seeds(data, Split.TEST)).append(". ").append(regime(data));
        return text.toString();
    }

    private static String regime(ReportData data) {
        LocalDateTime cap = data.context().task().testTime();
        return switch (data.context().settings().regime()) {
            case FROZEN ->
                "Regime frozen: no prediction of the test saw a row dated " + Figures.time(cap)
                        + " or later, however late its own time.";
            case ROLLING -> "Regime rolling: every prediction saw all rows dated before its own time, and none after.";
        };
    }

    private static String seeds(ReportData data, Split split) {
        Optional<ScoredRows> rows = data.rows(split);
        if (rows.isEmpty()) {
            return "";
        }
        long[] seeds = Arrays.stream(rows.get().rows().seed()).distinct().toArray();
        String first = Figures.day(Figures.time(Arrays.stream(seeds).min().orElseThrow()));
        String last = Figures.day(Figures.time(Arrays.stream(seeds).max().orElseThrow()));
        return seeds.length == 1 || first.equals(last)
                ? " of " + first
                : seeds.length == rows.get().rows().size()
                        ? " from " + first + " to " + last
                        : " at " + Figures.count(seeds.length, "time") + " from " + first + " to " + last;
    }

    private static String kind(ReportData data) {
        return switch (data.result().type()) {
            case BINARY_CLASSIFICATION -> "yes or no";
            case MULTICLASS_CLASSIFICATION ->
                "one of " + Figures.count(data.classes().size(), "class").replace("classs", "classes");
            case REGRESSION -> "a number";
        };
    }

    private static Tag code(String name) {
        return texted("code", name);
    }
}
