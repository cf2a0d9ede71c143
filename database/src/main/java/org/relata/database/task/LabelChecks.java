package org.relata.database.task;

import java.util.Arrays;
import java.util.List;
import org.relata.database.RelataException;

/// What makes a label table unusable.
final class LabelChecks {
    private LabelChecks() {}

    /// Refuses labels that are null, NaN or infinite.
    static void refuseMissing(LabelTable table, String target, String place) {
        long missing = table.store()
                .count("SELECT count(*) FROM " + table.name() + " WHERE NOT "
                        + (table.kind() == LabelKind.TEXT ? "(label IS NOT NULL)" : LabelKind.NUMBER.usable("label")));
        if (missing > 0) {
            throw RelataException.usage(
                    "task.label",
                    "label SQL of " + place,
                    missing + " " + table.split().label() + " row(s) have no " + target
                            + " (null, or not a finite number)",
                    "leave these rows out, or give them a value with coalesce");
        }
    }

    /// Refuses a pair of seed time and entity that occurs more than once.
    static void refuseRepeated(LabelTable table, String place, ForecastTask task) {
        List<String> repeated = table.store()
                .query(
                        "SELECT seed, entity, count(*) AS times FROM " + table.name()
                                + " GROUP BY seed, entity HAVING count(*) > 1 ORDER BY seed, entity LIMIT 1",
                        row -> row.getLong(3) + " rows at " + SeedTimes.show(TaskRows.time(row.getLong(1)))
                                + " for row " + row.getLong(2) + " of " + task.entityTable());
        if (!repeated.isEmpty()) {
            throw RelataException.usage(
                    "task.repeated",
                    place,
                    "a pair of " + task.timeColumn() + " and " + task.entityColumn() + " may occur once, but the "
                            + table.split().label() + " split has " + repeated.getFirst(),
                    "group by " + task.timeColumn() + " and " + task.entityColumn());
        }
    }

    /// Refuses classification tasks whose training rows are all of one class.
    static void refuseOneClass(TaskTables tables, TaskType type, String place) {
        if (type == TaskType.REGRESSION) {
            return;
        }
        double[] labels = tables.train().label();
        if (Arrays.stream(labels).distinct().limit(2).count() < 2) {
            throw RelataException.usage(
                    "task.classes",
                    place,
                    "all " + labels.length + " training rows have the label "
                            + tables.classes().get((int) labels[0]) + ", so there is nothing to learn",
                    "check the label SQL and timedelta");
        }
    }
}
