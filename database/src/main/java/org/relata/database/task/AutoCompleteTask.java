package org.relata.database.task;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.relata.database.ColumnRef;

/// A task whose label is an existing column: fill it in for rows where it is not known yet. A row's seed time is its
/// own time.
///
/// @param name the task's name
/// @param type what a label is
/// @param entityTable the table whose column is predicted; it must have a time column
/// @param entityColumn its primary key, or `primary_key` when it has none
/// @param timeColumn its time column
/// @param targetColumn the column to predict
/// @param validationTime V: train rows are dated at most V
/// @param testTime T: validation rows are dated after V and at most T, test rows after T
/// @param hidden columns to hide besides the target, which is added
public record AutoCompleteTask(
        String name,
        TaskType type,
        String entityTable,
        String entityColumn,
        String timeColumn,
        String targetColumn,
        LocalDateTime validationTime,
        LocalDateTime testTime,
        List<ColumnRef> hidden)
        implements Task {
    /// Adds the target to the hidden columns.
    public AutoCompleteTask {
        ColumnRef target = new ColumnRef(entityTable, targetColumn);
        hidden = Stream.concat(Stream.of(target), hidden.stream()).distinct().toList();
    }

    /// Formally one second: the label is the row's own.
    @Override
    public Duration window() {
        return Duration.ofSeconds(1);
    }

    /// Every row is its own seed.
    @Override
    public int evaluationSeeds() {
        return 1;
    }
}
