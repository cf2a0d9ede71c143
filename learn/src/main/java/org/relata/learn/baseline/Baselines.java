package org.relata.learn.baseline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.database.metric.Metrics;
import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskTables;
import org.relata.database.task.TaskType;
import org.relata.learn.tabular.Target;

/// Scores all baselines of a task by RelBench's protocol: fitted on train for the train and validation scores, on train
/// and
/// validation together for the test score.
public final class Baselines {
    private Baselines() {}

    /// The scores of every baseline of the task type on the given splits, in the order of [Baseline#of(TaskType)].
    ///
    /// Test labels are read only if the test split is among them.
    ///
    /// @param tables the label tables
    /// @param type what a label is
    /// @param seed what chance derives from
    /// @param splits which splits to score
    public static List<BaselineScore> score(TaskTables tables, TaskType type, long seed, Set<Split> splits) {
        Target target = new Target(type, tables.classes());
        List<BaselineScore> scores = new ArrayList<>();
        for (Baseline baseline : Baseline.of(type)) {
            Map<Split, Map<String, Double>> metrics = new EnumMap<>(Split.class);
            for (Split split : Split.values()) {
                if (splits.contains(split)) {
                    TaskRows rows = tables.of(split);
                    double[][] predictions =
                            fit(baseline, tables, target, seed, split).predict(rows);
                    metrics.put(
                            split,
                            Metrics.all(
                                    type,
                                    rows.label(),
                                    predictions,
                                    tables.train().label()));
                }
            }
            scores.add(new BaselineScore(baseline.label(), metrics));
        }
        return scores;
    }

    /// The scores on all three splits.
    public static List<BaselineScore> score(TaskTables tables, TaskType type, long seed) {
        return score(tables, type, seed, Set.of(Split.values()));
    }

    /// A baseline as it is fitted to be scored on a split.
    public static FittedBaseline fit(Baseline baseline, TaskTables tables, Target target, long seed, Split split) {
        return baseline.fit(
                switch (split) {
                    case TRAIN, VALIDATION -> tables.train();
                    case TEST -> TaskRows.concatenate(tables.train(), tables.validation());
                },
                target,
                seed);
    }
}
