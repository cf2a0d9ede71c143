package org.relata.database.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Unlabelled rows to predict for.
final class PredictionRows {
    private static final double[] NO_LABELS = {};
    private static final int KEYS_PER_QUERY = 1000;

    private PredictionRows() {}

    /// See [TaskBuilder#rowsAt].
    static TaskRows of(Database database, Task task, LocalDateTime at, Optional<List<String>> entityKeys) {
        Table entity = database.schema().require(task.entityTable());
        String seed = entitySeed(task, at);
        if (entityKeys.isEmpty()) {
            return read(database.store(), Database.ROW, seed, Sql.id(entity.name()) + known(task, entity, at));
        }
        long[][] sorted = chosen(database, task, entity, seed, entityKeys.get()).toArray(long[][]::new);
        Arrays.sort(sorted, (a, b) -> a[1] != b[1] ? Long.compare(a[1], b[1]) : Long.compare(a[0], b[0]));
        return new TaskRows(
                Arrays.stream(sorted).mapToLong(row -> row[0]).toArray(),
                Arrays.stream(sorted).mapToLong(row -> row[1]).toArray(),
                NO_LABELS);
    }

    /// Reads unlabelled rows into arrays of their exact size, sorted by seed time, then entity.
    ///
    /// @param entity SQL of the entity's row number
    /// @param seed SQL of the seed time in microseconds
    /// @param from what follows FROM
    static TaskRows read(Duck store, String entity, String seed, String from) {
        int size = Math.toIntExact(store.count("SELECT count(*) FROM " + from));
        long[] entities = new long[size];
        long[] seeds = new long[size];
        try (Statement statement = store.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + entity + " AS entity, " + seed + " AS seed FROM "
                        + from + " ORDER BY seed, entity")) {
            for (int i = 0; rows.next(); i++) {
                entities[i] = rows.getLong(1);
                seeds[i] = rows.getLong(2);
            }
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.query", "rows to predict", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
        return new TaskRows(entities, seeds, NO_LABELS);
    }

    private static String entitySeed(Task task, LocalDateTime at) {
        return switch (task) {
            case ForecastTask _ -> Long.toString(TaskRows.micros(at));
            case AutoCompleteTask complete -> "epoch_us(" + Sql.id(complete.timeColumn()) + ")";
        };
    }

    private static String known(Task task, Table entity, LocalDateTime at) {
        Optional<String> dated = entity.timeColumn().map(time -> Sql.id(time) + " <= " + Sql.timestamp(at));
        return switch (task) {
            case ForecastTask _ -> dated.map(condition -> " WHERE " + condition).orElse("");
            case AutoCompleteTask complete ->
                " WHERE " + dated.orElseThrow() + " AND " + Sql.id(complete.targetColumn()) + " IS NULL";
        };
    }

    private static List<long[]> chosen(
            Database database, Task task, Table entity, String seed, List<String> entityKeys) {
        if (entity.primaryKey().size() != 1) {
            throw RelataException.usage(
                    "task.entity",
                    "task " + task.name(),
                    "rows of " + entity.name()
                            + " cannot be chosen by key, because it has no primary key of one column",
                    "predict for all of them");
        }
        String key = "CAST(" + Sql.id(entity.primaryKey().getFirst()) + " AS VARCHAR)";
        Set<String> missing = new HashSet<>(entityKeys);
        List<long[]> rows = new ArrayList<>();
        List<String> distinct = entityKeys.stream().distinct().toList();
        for (int from = 0; from < distinct.size(); from += KEYS_PER_QUERY) {
            String keys = String.join(
                    ", ",
                    distinct.subList(from, Math.min(distinct.size(), from + KEYS_PER_QUERY)).stream()
                            .map(Sql::text)
                            .toList());
            rows.addAll(database.store()
                    .query(
                            "SELECT " + Database.ROW + ", " + seed + ", " + key + " FROM " + Sql.id(entity.name())
                                    + " WHERE " + key + " IN (" + keys + ")",
                            row -> {
                                missing.remove(row.getString(3));
                                return new long[] {row.getLong(1), row.getLong(2)};
                            }));
        }
        if (!missing.isEmpty()) {
            throw RelataException.usage(
                    "task.entity",
                    "table " + entity.name(),
                    "it has no row whose " + entity.primaryKey().getFirst() + " is "
                            + String.join(
                                    ", ", missing.stream().sorted().limit(5).toList())
                            + (missing.size() > 5 ? " (" + missing.size() + " in all)" : ""),
                    "use keys of the entity table");
        }
        return rows;
    }
}
