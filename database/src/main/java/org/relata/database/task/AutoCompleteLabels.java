package org.relata.database.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Sql;

/// The label tables of an auto-complete task: rows of the entity table by their own time, train up to V, validation up
/// to T,
/// test after. Rows whose target is missing, and validation and test rows of classes that training does not have, are
/// left out.
final class AutoCompleteLabels {
    private final Database database;
    private final AutoCompleteTask task;
    private final Progress progress;

    AutoCompleteLabels(Database database, AutoCompleteTask task, Progress progress) {
        this.database = database;
        this.task = task;
        this.progress = progress;
    }

    TaskTables build() {
        Duck store = database.store();
        String place = "task " + task.name();
        LabelKind kind = LabelKind.of(
                targetType(store), task.type(), "column " + task.entityTable() + "." + task.targetColumn());
        progress.begin("labels of " + task.name(), Split.values().length);
        List<LabelTable> tables = new ArrayList<>();
        try {
            for (Split split : Split.values()) {
                tables.add(labels(split, kind));
                progress.done(tables.size());
            }
            String train = "SELECT label FROM " + tables.getFirst().name();
            ClassNames classes = ClassNames.of(store, task.type(), kind, train, place);
            if (task.type() != TaskType.REGRESSION) {
                dropUnseen(store, tables.subList(1, 3), train);
            }
            TaskTables result = new TaskTables(
                    tables.get(0).read(classes),
                    tables.get(1).read(classes),
                    tables.get(2).read(classes),
                    classes.names());
            for (Split split : Split.values()) {
                if (result.of(split).size() == 0) {
                    throw noRows(split);
                }
            }
            LabelChecks.refuseOneClass(result, task.type(), place);
            return result;
        } finally {
            tables.forEach(LabelTable::drop);
        }
    }

    private String targetType(Duck store) {
        return store.query(
                        "SELECT column_type FROM (DESCRIBE SELECT " + Sql.id(task.targetColumn()) + " FROM "
                                + Sql.id(task.entityTable()) + ")",
                        row -> row.getString(1))
                .getFirst();
    }

    private LabelTable labels(Split split, LabelKind kind) {
        String time = Sql.id(task.timeColumn());
        String v = Sql.timestamp(task.validationTime());
        String t = Sql.timestamp(task.testTime());
        String dated = switch (split) {
            case TRAIN -> time + " <= " + v;
            case VALIDATION -> time + " > " + v + " AND " + time + " <= " + t;
            case TEST -> time + " > " + t;
        };
        String target = Sql.id(task.targetColumn());
        String name = LabelTable.nameOf(split);
        database.store()
                .execute("CREATE OR REPLACE TEMP TABLE " + name + " AS SELECT epoch_us(" + time + ") AS seed, "
                        + Database.ROW + " AS entity, " + kind.normalised(target) + " AS label FROM "
                        + Sql.id(task.entityTable()) + " WHERE " + dated + " AND " + kind.usable(target));
        return new LabelTable(database.store(), split, name, kind);
    }

    private void dropUnseen(Duck store, List<LabelTable> tables, String train) {
        for (LabelTable table : tables) {
            long before = table.size();
            store.execute("DELETE FROM " + table.name() + " WHERE label NOT IN (" + train + ")");
            long gone = before - table.size();
            if (gone > 0) {
                progress.note(gone + " of " + before + " " + table.split().label()
                        + " rows were set aside: their class does not occur in training");
            }
        }
    }

    private RelataException noRows(Split split) {
        return RelataException.usage(
                "task.rows",
                "task " + task.name(),
                "no row of " + task.entityTable() + " with a known " + task.targetColumn() + " is dated in the "
                        + split.label() + " split; its rows span "
                        + DataSpan.of(database, Optional.empty()).show(),
                "move val_timestamp (" + SeedTimes.show(task.validationTime()) + ") or test_timestamp ("
                        + SeedTimes.show(task.testTime()) + ")");
    }
}
