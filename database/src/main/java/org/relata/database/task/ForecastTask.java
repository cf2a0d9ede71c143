package org.relata.database.task;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.relata.database.ColumnRef;

/// A task whose label is computed by SQL from what happens in the window after each seed time.
///
/// @param name the task's name
/// @param type what a label is
/// @param entityTable the table predicted for
/// @param entityColumn the entity key's column in the result of the label SQL
/// @param timeColumn the seed time's column in that result
/// @param targetColumn the label's column in that result
/// @param window D
/// @param evaluationSeeds how many seeds validation and test have at most
/// @param validationTime V
/// @param testTime T; at least D after V
/// @param hidden columns that nothing may read
/// @param labelSql DuckDB SQL over the tables and `timestamps(timestamp)` (also as `timestamp_df`); `{timedelta}`
///     stands for D
public record ForecastTask(
        String name,
        TaskType type,
        String entityTable,
        String entityColumn,
        String timeColumn,
        String targetColumn,
        Duration window,
        int evaluationSeeds,
        LocalDateTime validationTime,
        LocalDateTime testTime,
        List<ColumnRef> hidden,
        String labelSql)
        implements Task {
    /// Copies the hidden columns.
    public ForecastTask {
        hidden = List.copyOf(hidden);
    }

    /// Whether the labels were made elsewhere and are only read, so that seed times are what the files say.
    public boolean shipped() {
        return labelSql.contains("{split}");
    }
}
