package org.relata.database.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;

/// The example rel-f1 on the Ergast data: sizes, seeds, rows and labels as RelBench publishes them.
class RelF1Test {
    @TempDir
    static Path folder;

    private static Database database;

    @BeforeAll
    static void open() {
        database = Databases.open(new OpenRequest(
                SharedData.require("f1").toString(),
                Optional.of(SharedData.repository().resolve("examples/rel-f1/database.yaml")),
                folder.resolve("store.duckdb"),
                1L << 30,
                2,
                Progress.silent()));
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void tablesUpToTheTestTimeHaveThePublishedSizes() {
        Map<String, Long> sizes = new HashMap<>();
        for (Table table : database.schema().tables()) {
            String where = table.timeColumn()
                    .map(time -> " WHERE " + Sql.id(time) + " <= TIMESTAMP '2010-01-01'")
                    .orElse("");
            sizes.put(table.name(), database.store().count("SELECT count(*) FROM " + Sql.id(table.name()) + where));
        }
        assertEquals(
                Map.of(
                        "races", 820L,
                        "circuits", 77L,
                        "drivers", 857L,
                        "results", 20_323L,
                        "standings", 28_115L,
                        "constructors", 211L,
                        "constructor_results", 9_408L,
                        "constructor_standings", 10_170L,
                        "qualifying", 4_082L),
                sizes);
        assertEquals(74_063L, sizes.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void driverPositionHasThePublishedRowsAndSeeds() {
        check("driver-position", new int[] {332, 30, 40}, new int[] {7453, 499, 760});
    }

    @Test
    void driverDnfHasThePublishedRowsSeedsAndPositives() {
        TaskTables tables = check("driver-dnf", new int[] {665, 40, 40}, new int[] {11_411, 566, 702});
        assertEquals(441, positives(tables.validation()));
        assertEquals(495, positives(tables.test()));
        assertEquals(0.880, (double) positives(tables.train()) / tables.train().size(), 0.0005);
    }

    @Test
    void driverTop3HasThePublishedRowsSeedsAndPositives() {
        TaskTables tables = check("driver-top3", new int[] {665, 40, 40}, new int[] {1353, 588, 726});
        assertEquals(119, positives(tables.validation()));
        assertEquals(128, positives(tables.test()));
        assertEquals(92, Arrays.stream(tables.train().entity()).distinct().count());
    }

    @Test
    void thePopulationsOfAllThreeTasksAreKnownOnlyAfterwards() {
        for (String name : List.of("driver-position", "driver-dnf", "driver-top3")) {
            Task task = task(name);
            List<DataIssue> issues =
                    TaskLint.check(database, task, TaskBuilder.build(database, task, Progress.silent()));
            assertEquals(
                    List.of("task.population"),
                    issues.stream().map(DataIssue::code).toList(),
                    issues.toString());
            String source = name.equals("driver-top3") ? "qualifying" : "results";
            assertTrue(issues.getFirst().message().contains("has a row in " + source), issues.toString());
        }
    }

    private static Task task(String name) {
        return TaskFiles.read(
                SharedData.repository().resolve("examples/rel-f1").resolve(name + ".yaml"), database.schema());
    }

    private static TaskTables check(String name, int[] seeds, int[] rows) {
        Task task = task(name);
        Map<Split, List<LocalDateTime>> times = TaskBuilder.seedTimes(database, (ForecastTask) task);
        TaskTables tables = TaskBuilder.build(database, task, Progress.silent());
        assertEquals(
                Arrays.toString(seeds),
                Arrays.stream(Split.values())
                        .map(split -> times.get(split).size())
                        .toList()
                        .toString());
        assertEquals(
                Arrays.toString(rows),
                Arrays.stream(Split.values())
                        .map(split -> tables.of(split).size())
                        .toList()
                        .toString());
        return tables;
    }

    private static long positives(TaskRows rows) {
        return Arrays.stream(rows.label()).filter(label -> label == 1).count();
    }
}
