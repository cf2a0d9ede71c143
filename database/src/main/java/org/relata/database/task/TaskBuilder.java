package org.relata.database.task;

import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.database.Progress;

/// Makes label tables: which (entity, seed time) rows a task has, and what happened.
///
/// All times follow RelBench: a label at seed t summarises (t, t + D], training and validation labels are computed from
/// rows
/// up to T, test labels from all rows, and entities dated after T are in no split.
public final class TaskBuilder {
    private TaskBuilder() {}

    /// The label tables of a task. The same database and task give the same tables, row by row.
    ///
    /// @param database the database
    /// @param task the task
    /// @param progress hears of one step a split, and of rows that were set aside
    /// @throws RelataException `task.*` when the task does not fit the database: no room for its windows, SQL that
    /// fails,
    ///     returns other columns, no rows, repeated rows or labels that are missing or of one class
    public static TaskTables build(Database database, Task task, Progress progress) {
        TaskCheck.against(database.schema(), task);
        return switch (task) {
            case ForecastTask forecast -> new ForecastLabels(database, forecast, progress).build();
            case AutoCompleteTask complete -> new AutoCompleteLabels(database, complete, progress).build();
        };
    }

    /// The seed times of each split of a forecast task whose labels are computed, in ascending order.
    ///
    /// @throws RelataException `task.seeds` when the data has no room for a split
    public static Map<Split, List<LocalDateTime>> seedTimes(Database database, ForecastTask task) {
        Map<Split, List<LocalDateTime>> seeds = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            DataSpan span =
                    DataSpan.of(database, split == Split.TEST ? Optional.empty() : Optional.of(task.testTime()));
            seeds.put(split, SeedTimes.of(task, split, span.first(), span.last()));
        }
        return seeds;
    }

    /// Rows without labels, to predict at any time.
    ///
    /// For a forecast task, every chosen entity with `at` as its seed time; without chosen entities, all that are known
    /// then:
    /// those dated at most `at`, or all of a static table. For auto-complete, each row's seed time is its own: the
    /// chosen rows,
    /// or all rows dated at most `at` whose target is missing.
    ///
    /// @param database the database
    /// @param task the task
    /// @param at the time to predict at
    /// @param entityKeys primary keys as text; empty means all
    /// @return unlabelled rows, sorted by seed time, then entity
    /// @throws RelataException `task.entity` when a key is not in the entity table
    public static TaskRows rowsAt(Database database, Task task, LocalDateTime at, Optional<List<String>> entityKeys) {
        TaskCheck.against(database.schema(), task);
        return PredictionRows.of(database, task, at, entityKeys);
    }

    /// The entities that the task's own population rule chooses at a time, as if nothing after it had happened:
    /// customers who
    /// bought lately, say. Empty when the rule looks ahead, as for tasks that take everybody with an event in the
    /// window;
    /// then [#rowsAt] with all entities is what there is.
    ///
    /// @param database the database
    /// @param task the task; for auto-complete the answer is that of [#rowsAt]
    /// @param at the time to predict at
    /// @return unlabelled rows, sorted by entity
    public static TaskRows populationAt(Database database, Task task, LocalDateTime at) {
        TaskCheck.against(database.schema(), task);
        return switch (task) {
            case ForecastTask forecast when forecast.shipped() -> new TaskRows(new long[0], new long[0], new double[0]);
            case ForecastTask forecast -> new ForecastLabels(database, forecast, Progress.silent()).population(at);
            case AutoCompleteTask complete -> rowsAt(database, complete, at, Optional.empty());
        };
    }
}
