package org.relata.database.task;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.relata.database.ColumnRef;

/// A question about the rows of one table at given times.
///
/// Recommendation (a list of destination entities a row) will be a further case; it has no entity label and so none of
/// the assumptions below may leak into code that does not switch over the cases.
public sealed interface Task permits ForecastTask, AutoCompleteTask {
    /// The task's name, from its file.
    String name();

    /// What a label is.
    TaskType type();

    /// The table whose rows are predicted for.
    String entityTable();

    /// The column that holds the entity's key in label tables; may differ from the key's own name.
    String entityColumn();

    /// The column that holds the seed time in label tables.
    String timeColumn();

    /// The column that holds the label in label tables.
    String targetColumn();

    /// D: a label at seed time t summarises (t, t + D].
    Duration window();

    /// How many seed times validation and test have at most.
    int evaluationSeeds();

    /// V: the first validation seed time.
    LocalDateTime validationTime();

    /// T: the first test seed time.
    LocalDateTime testTime();

    /// Columns that neither labels' SQL nor features may read; for auto-complete the target is among them.
    List<ColumnRef> hidden();
}
