package org.relata.database.task;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;

/// The label tables of a forecast task: runs its SQL once a split, maps entity keys to rows and refuses what cannot be
/// meant.
final class ForecastLabels {
    private static final String RAW = "temp.main.__relata_labels_raw";

    private final Database database;
    private final ForecastTask task;
    private final Progress progress;
    private final Duck store;
    private final String place;

    ForecastLabels(Database database, ForecastTask task, Progress progress) {
        this.database = database;
        this.task = task;
        this.progress = progress;
        this.store = database.store();
        this.place = "task " + task.name();
    }

    TaskTables build() {
        progress.begin("labels of " + task.name(), Split.values().length);
        List<LabelTable> tables = new ArrayList<>();
        try {
            for (Split split : Split.values()) {
                stopIfInterrupted();
                tables.add(labels(split));
                progress.done(tables.size());
            }
            return read(tables);
        } finally {
            tables.forEach(LabelTable::drop);
            store.execute("DROP TABLE IF EXISTS " + RAW);
        }
    }

    /// The entities that the label SQL chooses at a time when nothing after it has happened; their labels mean nothing.
    TaskRows population(LocalDateTime at) {
        String name = "temp.main.__relata_labels_population";
        try {
            try (LabelSpace _ = LabelSpace.open(database, task.hidden(), Optional.of(at), List.of(at))) {
                LabelQuery.of(task, Split.TEST).into(store, RAW);
            }
            map(name, at);
            return PredictionRows.read(
                    store, "entity", Long.toString(TaskRows.micros(at)), "(SELECT DISTINCT entity FROM " + name + ")");
        } finally {
            store.execute("DROP TABLE IF EXISTS " + name);
            store.execute("DROP TABLE IF EXISTS " + RAW);
        }
    }

    /// Reads the checked tables. Class names come from all splits: a class that only test has is one that no model can
    /// name, and
    /// leaving its rows out would flatter every model.
    private TaskTables read(List<LabelTable> tables) {
        LabelKind kind = tables.getFirst().kind();
        String all =
                tables.stream().map(t -> "SELECT label FROM " + t.name()).collect(Collectors.joining(" UNION ALL "));
        ClassNames classes = ClassNames.of(store, task.type(), kind, all, place);
        TaskTables result = new TaskTables(
                tables.get(0).read(classes),
                tables.get(1).read(classes),
                tables.get(2).read(classes),
                classes.names());
        LabelChecks.refuseOneClass(result, task.type(), place);
        return result;
    }

    private LabelTable labels(Split split) {
        boolean full = split == Split.TEST;
        Optional<LocalDateTime> upTo = full ? Optional.empty() : Optional.of(task.testTime());
        DataSpan span = DataSpan.of(database, upTo);
        List<LocalDateTime> seeds = task.shipped() ? List.of() : SeedTimes.of(task, split, span.first(), span.last());
        LabelQuery query = LabelQuery.of(task, split);
        LabelKind kind;
        try (LabelSpace _ = LabelSpace.open(database, task.hidden(), upTo, seeds)) {
            kind = query.into(store, RAW);
        }
        long returned = store.count("SELECT count(*) FROM " + RAW);
        if (returned == 0) {
            throw noRows(split, seeds, span, "returns no rows");
        }
        refuseForeignSeeds(query, split, seeds);
        String name = LabelTable.nameOf(split);
        map(name, task.testTime());
        LabelTable table = new LabelTable(store, split, name, kind);
        LabelChecks.refuseMissing(table, task.targetColumn(), place);
        LabelChecks.refuseRepeated(table, query.place(), task);
        long kept = table.size();
        if (kept < returned) {
            progress.note((returned - kept) + " of " + returned + " " + split.label()
                    + " label rows were set aside: their " + task.entityColumn() + " is not a row of "
                    + task.entityTable() + " dated at most test_timestamp");
        }
        if (kept == 0) {
            throw noRows(
                    split,
                    seeds,
                    span,
                    "returns no " + task.entityColumn() + " that is a key of " + task.entityTable()
                            + " dated at most test_timestamp");
        }
        return table;
    }

    /// Maps entity keys to rows; entities that are unknown, or not dated at most then, fall out.
    private void map(String name, LocalDateTime latest) {
        Table entity = database.schema().require(task.entityTable());
        String key = Sql.id(entity.primaryKey().getFirst());
        String keyType = store
                .query("SELECT typeof(" + key + ") FROM " + Sql.id(entity.name()) + " LIMIT 1", row -> row.getString(1))
                .stream()
                .findFirst()
                .orElseThrow(() -> RelataException.usage(
                        "task.entity", place, "the entity table " + entity.name() + " is empty", "load its rows"));
        String born = entity.timeColumn()
                .map(time -> " AND e." + Sql.id(time) + " <= " + Sql.timestamp(latest))
                .orElse("");
        store.execute("CREATE OR REPLACE TEMP TABLE " + name + " AS SELECT l.seed, e." + Database.ROW
                + " AS entity, l.label FROM " + RAW + " AS l JOIN " + Sql.id(entity.name()) + " AS e ON e." + key
                + " = TRY_CAST(l.entity AS " + keyType + ")" + born);
    }

    private void refuseForeignSeeds(LabelQuery query, Split split, List<LocalDateTime> seeds) {
        if (task.shipped()) {
            return;
        }
        String known = seeds.stream()
                .map(seed -> Long.toString(TaskRows.micros(seed)))
                .collect(Collectors.joining("), (", "(VALUES (", "))"));
        List<Optional<LocalDateTime>> strangers = store.query(
                "SELECT seed FROM " + RAW + " AS l WHERE seed IS NULL OR seed NOT IN (SELECT * FROM " + known
                        + ") ORDER BY seed LIMIT 1",
                row -> {
                    long micros = row.getLong(1);
                    return row.wasNull() ? Optional.empty() : Optional.of(TaskRows.time(micros));
                });
        if (!strangers.isEmpty()) {
            throw RelataException.usage(
                    "task.seeds",
                    query.place(),
                    "column " + task.timeColumn() + " returns "
                            + strangers.getFirst().map(SeedTimes::show).orElse("null")
                            + ", which is none of the seed times of the " + split.label() + " split",
                    "return timestamps.timestamp as " + task.timeColumn());
        }
    }

    private RelataException noRows(Split split, List<LocalDateTime> seeds, DataSpan span, String problem) {
        String windows = seeds.isEmpty()
                ? ""
                : " of " + seeds.size() + " seed time(s) from " + SeedTimes.show(seeds.getFirst()) + " to "
                        + SeedTimes.show(seeds.getLast()) + " with windows of " + Durations.format(task.window());
        return RelataException.usage(
                "task.rows",
                "label SQL of " + place,
                "it " + problem + " for the " + split.label() + " split" + windows + "; the data it sees spans "
                        + span.show(),
                "check its conditions, timedelta, val_timestamp and test_timestamp");
    }

    private static void stopIfInterrupted() {
        if (Thread.interrupted()) {
            throw RelataException.failure("interrupted", "labels", "the work was interrupted", "run it again");
        }
    }
}
