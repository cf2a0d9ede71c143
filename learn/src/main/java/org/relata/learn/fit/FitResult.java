package org.relata.learn.fit;

import java.util.List;
import java.util.Map;
import org.relata.database.DataIssue;
import org.relata.database.task.Split;
import org.relata.database.task.TaskType;

/// What a fit found out: scores, baselines, reasons and warnings, but no rows.
///
/// @param task the task's name
/// @param type what its label is
/// @param method what made the predictions
/// @param regime `frozen` or `rolling`
/// @param primary the name of the metric that decides
/// @param metrics for validation and test, each metric by name; test metrics were computed last and once
/// @param intervals a bootstrap interval of the primary metric for validation and test
/// @param baselines for each trivial baseline its metrics by split
/// @param linearCheck the metrics by split of the regularised linear model on the same features; empty when not run
/// @param rows how many rows each split has
/// @param featureCount how many features the final model reads
/// @param importances the features that matter most, most important first
/// @param leaks the leak linter's findings; an ERROR stops a fit unless it was tolerated
/// @param notes decisions and warnings in the order they were made: dropped paths, imbalance, refit, clamping
/// @param stages wall seconds by stage, in order
/// @param seconds wall seconds in all
/// @param peakMemoryMegabytes the largest resident size of the process that was seen
public record FitResult(
        String task,
        TaskType type,
        Method method,
        String regime,
        String primary,
        Map<Split, Map<String, Double>> metrics,
        Map<Split, Interval> intervals,
        Map<String, Map<Split, Map<String, Double>>> baselines,
        Map<Split, Map<String, Double>> linearCheck,
        Map<Split, Integer> rows,
        int featureCount,
        List<Importance> importances,
        List<DataIssue> leaks,
        List<String> notes,
        Map<String, Double> stages,
        double seconds,
        long peakMemoryMegabytes) {
    /// Copies the collections, keeping their order.
    public FitResult {
        importances = List.copyOf(importances);
        leaks = List.copyOf(leaks);
        notes = List.copyOf(notes);
    }
}
