package org.relata.database.task;

import java.util.ArrayList;
import java.util.List;
import org.relata.database.DataIssue;
import org.relata.database.Database;

/// Finds task definitions that let the future in, by experiment rather than by reading SQL. Test labels are not read.
///
/// - `task.population`: which entities have a row is decided by what happens after the seed time.
/// - `task.window`: the label changes when rows after its window are taken away.
/// - `task.window-text`: the SQL spells out a length of time, and it is not the declared one.
public final class TaskLint {
    private TaskLint() {}

    /// What is suspicious about a task; all findings are warnings.
    ///
    /// @param database the database
    /// @param task the task
    /// @param tables its label tables
    public static List<DataIssue> check(Database database, Task task, TaskTables tables) {
        List<DataIssue> issues = new ArrayList<>();
        if (task instanceof ForecastTask forecast && !forecast.shipped()) {
            issues.addAll(PopulationLint.check(database, forecast, tables));
            issues.addAll(WindowLint.check(database, forecast, tables));
        }
        return issues;
    }
}
