package org.relata.database.task;

import java.util.Optional;
import java.util.stream.Collectors;
import org.relata.database.Column;
import org.relata.database.ColumnRef;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Table;

/// Whether a task fits a schema; what can be said without reading a row.
final class TaskCheck {
    private TaskCheck() {}

    /// Refuses a task that does not fit.
    ///
    /// @throws RelataException naming the table, column or time at fault
    static void against(Schema schema, Task task) {
        String place = "task " + task.name();
        Table entity = schema.require(task.entityTable());
        if (!task.validationTime().isBefore(task.testTime())) {
            throw RelataException.usage(
                    "task.time",
                    place,
                    "val_timestamp " + SeedTimes.show(task.validationTime()) + " is not before test_timestamp "
                            + SeedTimes.show(task.testTime()),
                    "move one of them");
        }
        switch (task) {
            case ForecastTask forecast -> checkForecast(entity, forecast, place);
            case AutoCompleteTask complete -> checkAutoComplete(entity, complete, place);
        }
        for (ColumnRef hidden : task.hidden()) {
            hideable(schema, hidden, place);
        }
    }

    private static void checkForecast(Table entity, ForecastTask task, String place) {
        if (entity.primaryKey().size() != 1) {
            throw RelataException.usage(
                    "task.entity",
                    place,
                    "the entity table " + entity.name()
                            + (entity.primaryKey().isEmpty()
                                    ? " has no primary key"
                                    : " has a primary key of several columns"),
                    "set pkey of " + entity.name() + " to one column in database.yaml");
        }
        if (task.validationTime().plus(task.window()).isAfter(task.testTime()) && !task.shipped()) {
            throw RelataException.usage(
                    "task.time",
                    place,
                    "the window of " + Durations.format(task.window())
                            + " is longer than the time from val_timestamp to test_timestamp",
                    "shorten timedelta or move test_timestamp later");
        }
        if (task.evaluationSeeds() < 1) {
            throw RelataException.usage(
                    "task.seeds", place, "num_eval_timestamps is " + task.evaluationSeeds(), "use 1 or more");
        }
    }

    private static void checkAutoComplete(Table entity, AutoCompleteTask task, String place) {
        if (entity.column(task.targetColumn()).isEmpty()) {
            throw RelataException.usage(
                    "task.column",
                    place,
                    "target_col " + entity.name() + "." + task.targetColumn() + " does not exist",
                    "use one of: " + names(entity));
        }
        if (entity.isKey(task.targetColumn())) {
            throw RelataException.usage(
                    "task.column",
                    place,
                    "target_col " + entity.name() + "." + task.targetColumn() + " is a key, which cannot be predicted",
                    "name another column");
        }
        if (entity.timeColumn().isEmpty()) {
            throw RelataException.usage(
                    "task.time",
                    place,
                    "the entity table " + entity.name() + " has no time column, so its rows cannot be split in time",
                    "set time_col of " + entity.name() + " in database.yaml");
        }
    }

    private static void hideable(Schema schema, ColumnRef hidden, String place) {
        Table table = schema.require(hidden.table());
        if (table.column(hidden.column()).isEmpty()) {
            throw RelataException.usage(
                    "task.column",
                    place,
                    "remove_columns names " + hidden + ", which does not exist",
                    "use one of: " + names(table));
        }
        if (table.isKey(hidden.column()) || table.timeColumn().equals(Optional.of(hidden.column()))) {
            throw RelataException.usage(
                    "task.column",
                    place,
                    hidden + " is a key or a time column and cannot be hidden or predicted",
                    "name another column");
        }
    }

    private static String names(Table table) {
        return table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
