package org.relata.learn.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.relata.database.DataIssue;
import org.relata.database.RelataException;
import org.relata.database.metric.Metric;
import org.relata.database.task.Split;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskTables;
import org.relata.features.leak.LeakReport;
import org.relata.learn.baseline.Baseline;
import org.relata.learn.baseline.BaselineScore;
import org.relata.learn.baseline.Baselines;
import org.relata.learn.tabular.Bootstrap;
import org.relata.learn.tabular.ClassBalance;
import org.relata.learn.tabular.Target;

/// Answers a task: label tables, baselines, features, models, and scores, in this order.
///
/// Test labels are read by the last step alone: nothing is chosen after it.
public final class Fit {
    private Fit() {}

    /// Fits.
    ///
    /// @throws RelataException what is wrong with the task, the data or the settings; code `interrupted` when stopped,
    /// after which
    ///     a fit with the same work folder goes on where this one stopped
    public static FitOutcome run(FitRequest request) {
        FitLog log = new FitLog(request.progress());
        log.stage("labels");
        try {
            Files.createDirectories(request.work());
        } catch (IOException e) {
            throw RelataException.failure(
                            "fit.work",
                            request.work().toString(),
                            "cannot be made: " + e.getMessage(),
                            "choose another --out")
                    .causedBy(e);
        }
        TaskTables tables = TaskBuilder.build(request.database(), request.task(), request.progress());
        Target target = new Target(request.task().type(), tables.classes());
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            ClassBalance.of(split.label(), tables.of(split).label(), target)
                    .warnings()
                    .forEach(log::note);
        }
        return switch (request.settings().method()) {
            case AUTO, DFS -> dfs(request, tables, target, log);
            case BASELINE -> baseline(request, tables, target, log);
        };
    }

    private static FitOutcome dfs(FitRequest request, TaskTables tables, Target target, FitLog log) {
        LeakReport leaks = Leaks.inData(request, tables, log);
        DfsFit.Fitted fitted = new DfsFit(request, tables, target, leaks, log).run();
        Map<Split, double[][]> predictions = new EnumMap<>(Split.class);
        predictions.put(Split.VALIDATION, fitted.validation());
        predictions.put(Split.TEST, fitted.test());
        List<Importance> importances = Importances.of(fitted.validationFeatures(), fitted.validationContributions());
        return outcome(
                request,
                tables,
                target,
                log,
                Method.DFS,
                predictions,
                fitted.linear(),
                importances,
                fitted.pipeline().plan().width(),
                fitted.leaks().findings(),
                fitted.pipeline());
    }

    private static FitOutcome baseline(FitRequest request, TaskTables tables, Target target, FitLog log) {
        Metric primary = request.primary();
        long seed = request.settings().seed();
        Map<String, Double> scores = new LinkedHashMap<>();
        for (BaselineScore score : Baselines.score(tables, target.type(), seed, Set.of(Split.VALIDATION))) {
            scores.put(
                    score.name(),
                    score.metrics().getOrDefault(Split.VALIDATION, Map.of()).getOrDefault(primary.label(), Double.NaN));
        }
        Comparator<Baseline> byScore = Comparator.comparingDouble(b -> {
            double value = scores.getOrDefault(b.label(), Double.NaN);
            return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : primary.higherIsBetter() ? value : -value;
        });
        Baseline best = Baseline.of(target.type()).stream().max(byScore).orElseThrow();
        log.note("the best baseline on validation is " + best.label());
        Map<Split, double[][]> predictions = new EnumMap<>(Split.class);
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            predictions.put(
                    split, Baselines.fit(best, tables, target, seed, split).predict(tables.of(split)));
        }
        FittedPipeline pipeline =
                new BaselinePipeline(Baselines.fit(best, tables, target, seed, Split.TEST), tables.classes());
        return outcome(
                request,
                tables,
                target,
                log,
                Method.BASELINE,
                predictions,
                Map.of(),
                List.of(),
                0,
                List.of(),
                pipeline);
    }

    private static FitOutcome outcome(
            FitRequest request,
            TaskTables tables,
            Target target,
            FitLog log,
            Method method,
            Map<Split, double[][]> predictions,
            Map<Split, double[][]> linear,
            List<Importance> importances,
            int features,
            List<DataIssue> leaks,
            FittedPipeline pipeline) {
        log.stage("scores");
        Metric primary = request.primary();
        Map<Split, Map<String, Double>> metrics = new EnumMap<>(Split.class);
        Map<Split, Interval> intervals = new EnumMap<>(Split.class);
        Map<Split, Map<String, Double>> linearCheck = new EnumMap<>(Split.class);
        Bootstrap bootstrap =
                Bootstrap.standard(request.settings().seed(), request.settings().threads());
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            double[][] predicted = Objects.requireNonNull(predictions.get(split));
            metrics.put(split, DfsFit.metrics(tables, target, split, predicted));
            Bootstrap.Range range = bootstrap.interval(
                    tables.of(split).entity(), tables.of(split).label(), predicted, target.type(), primary::value);
            intervals.put(split, new Interval(range.low(), range.high(), range.level()));
            double[][] checked = linear.get(split);
            if (checked != null) {
                linearCheck.put(split, DfsFit.metrics(tables, target, split, checked));
            }
        }
        Map<String, Map<Split, Map<String, Double>>> baselines = new LinkedHashMap<>();
        for (BaselineScore score : Baselines.score(
                tables, target.type(), request.settings().seed(), Set.of(Split.VALIDATION, Split.TEST))) {
            baselines.put(score.name(), score.metrics());
        }
        Map<Split, Integer> rows = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            rows.put(split, tables.of(split).size());
        }
        List<ScoredRows> scored = List.of(Split.VALIDATION, Split.TEST).stream()
                .map(split -> new ScoredRows(split, tables.of(split), Objects.requireNonNull(predictions.get(split))))
                .toList();
        FitResult result = new FitResult(
                request.task().name(),
                target.type(),
                method,
                CutOffs.of(request.task(), request.settings().regime()).regime().label(),
                primary.label(),
                metrics,
                intervals,
                baselines,
                linearCheck,
                rows,
                features,
                importances,
                leaks,
                log.notes(),
                log.stages(),
                log.seconds(),
                PeakMemory.megabytes());
        return new FitOutcome(result, scored, pipeline);
    }
}
