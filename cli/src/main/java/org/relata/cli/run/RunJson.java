package org.relata.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.DataIssue;
import org.relata.database.task.Split;
import org.relata.learn.fit.FitOutcome;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.Importance;
import org.relata.learn.fit.Interval;
import org.relata.learn.fit.Method;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Results as JSON. Numbers that are not finite, which JSON cannot say, are null.
public final class RunJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RunJson() {}

    /// An object as indented text.
    public static String text(Map<String, ?> object) {
        return MAPPER.writeValueAsString(object);
    }

    /// A number, or null where it is not finite.
    public static Optional<Double> number(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    /// A duration, to the millisecond.
    public static Optional<Double> seconds(double value) {
        return number(Math.round(value * 1000) / 1000.0);
    }

    /// What `relata fit --json` prints.
    ///
    /// @param seed what all randomness derived from
    /// @param out the run folder
    public static Map<String, Object> summary(FitResult result, long seed, String out) {
        Map<String, Object> baselines = new LinkedHashMap<>();
        result.baselines().forEach((name, metrics) -> baselines.put(name, bySplit(metrics)));
        Map<String, Object> rows = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            rows.put(split.label(), result.rows().getOrDefault(split, 0));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", result.task());
        map.put("method", result.method().label());
        map.put("regime", result.regime());
        map.put("primary", result.primary());
        map.put("metrics", bySplit(result.metrics()));
        map.put("baselines", baselines);
        map.put("rows", rows);
        map.put("features", result.featureCount());
        map.put("seconds", seconds(result.seconds()));
        map.put("peak_memory_mb", result.peakMemoryMegabytes());
        map.put("seed", seed);
        map.put("out", out);
        return map;
    }

    /// What `metrics.json` holds: the summary and everything else that was found out.
    public static Map<String, Object> full(FitOutcome outcome, long seed, String out) {
        FitResult result = outcome.result();
        Map<String, Object> map = summary(result, seed, out);
        map.put("type", result.type().label());
        Map<String, Object> intervals = new LinkedHashMap<>();
        result.intervals().forEach((split, interval) -> intervals.put(split.label(), interval(interval)));
        map.put("intervals", intervals);
        map.put("linear_check", bySplit(result.linearCheck()));
        map.put(
                "importances",
                result.importances().stream().map(RunJson::importance).toList());
        CalibrationJson.of(result.type(), outcome.scored()).ifPresent(c -> map.put("calibration", c));
        // An empty list says that nothing was found only if someone looked.
        map.put("leaks_checked", result.method() != Method.BASELINE);
        map.put("leaks", result.leaks().stream().map(RunJson::issue).toList());
        map.put("notes", result.notes());
        Map<String, Object> stages = new LinkedHashMap<>();
        result.stages().forEach((stage, seconds) -> stages.put(stage, number(seconds)));
        map.put("stages", stages);
        return map;
    }

    /// Metrics by split, train first.
    public static Map<String, Object> bySplit(Map<Split, Map<String, Double>> metrics) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            if (metrics.containsKey(split)) {
                Map<String, Object> values = new LinkedHashMap<>();
                metrics.get(split).forEach((name, value) -> values.put(name, number(value)));
                map.put(split.label(), values);
            }
        }
        return map;
    }

    /// Something found in data.
    public static Map<String, Object> issue(DataIssue issue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", issue.code());
        map.put("severity", issue.severity().name().toLowerCase(java.util.Locale.ROOT));
        map.put("table", issue.table());
        issue.column().ifPresent(column -> map.put("column", column));
        map.put("count", issue.count());
        map.put("message", issue.message());
        map.put("remedy", issue.remedy());
        return map;
    }

    private static Map<String, Object> interval(Interval interval) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("low", number(interval.low()));
        map.put("high", number(interval.high()));
        map.put("level", interval.level());
        return map;
    }

    private static Map<String, Object> importance(Importance importance) {
        List<String> path = new ArrayList<>(importance.feature().path());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("feature", importance.feature().name());
        map.put("sentence", importance.feature().sentence());
        map.put("path", path);
        map.put("mean_absolute_contribution", number(importance.meanAbsoluteContribution()));
        map.put("share", number(importance.share()));
        map.put("direction", number(importance.direction()));
        return map;
    }
}
