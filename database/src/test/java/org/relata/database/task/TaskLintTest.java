package org.relata.database.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Progress;

class TaskLintTest {
    /// Customers who ordered in the window before the seed time; how often they order in the window after it.
    private static final String HONEST = """
            SELECT t.timestamp, c.id AS customer,
                   (SELECT count(*) FROM orders o WHERE o.customer = c.id AND o.placed > t.timestamp
                       AND o.placed <= t.timestamp + INTERVAL '{timedelta}') AS orders
            FROM timestamps t JOIN customers c ON EXISTS (
                SELECT 1 FROM orders o WHERE o.customer = c.id AND o.placed <= t.timestamp
                    AND o.placed > t.timestamp - INTERVAL '{timedelta}')""";

    private static final String HINDSIGHT = """
            SELECT t.timestamp, o.customer, count(*) AS orders
            FROM timestamps t JOIN orders o
              ON o.placed > t.timestamp AND o.placed <= t.timestamp + INTERVAL '{timedelta}'
            GROUP BY ALL""";

    @TempDir
    Path folder;

    private Database database;

    /// Forty customers who order at random, about every twenty days.
    @BeforeEach
    void open() {
        database = new StoreFixture(folder)
                .table("customers", "SELECT i AS id FROM range(40) r(i)", List.of("id"), Optional.empty(), Map.of())
                .table(
                        "orders",
                        "SELECT i AS number, (hash(i) % 40)::BIGINT AS customer,"
                                + " TIMESTAMP '2024-01-01' + INTERVAL (12 * i) HOUR AS placed FROM range(700) r(i)",
                        List.of("number"),
                        Optional.of("placed"),
                        Map.of("customer", "customers"))
                .build(LocalDateTime.parse("2024-09-01T00:00:00"), LocalDateTime.parse("2024-11-01T00:00:00"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ForecastTask task(String sql) {
        return new ForecastTask(
                "orders",
                TaskType.REGRESSION,
                "customers",
                "customer",
                "timestamp",
                "orders",
                Duration.ofDays(14),
                1,
                database.schema().validationTime().orElseThrow(),
                database.schema().testTime().orElseThrow(),
                List.of(),
                sql);
    }

    private List<DataIssue> lint(String sql) {
        ForecastTask task = task(sql);
        return TaskLint.check(database, task, TaskBuilder.build(database, task, Progress.silent()));
    }

    @Test
    void aPopulationFromThePastIsNoFinding() {
        assertEquals(List.of(), lint(HONEST));
        assertEquals(List.of(), lint(HONEST.replace("AND o.placed > t.timestamp - INTERVAL '{timedelta}'", "")));
    }

    @Test
    void aPopulationDrawnFromTheLabelWindowIsFound() {
        List<DataIssue> issues = lint(HINDSIGHT);
        assertEquals(
                List.of("task.population"), issues.stream().map(DataIssue::code).toList());
        DataIssue issue = issues.getFirst();
        assertEquals(DataIssue.Severity.WARNING, issue.severity());
        assertEquals("customers", issue.table());
        assertTrue(issue.message().contains("has a row in orders within its window"), issue.message());
        assertTrue(issue.remedy().contains("rows of orders dated at or before the seed time"), issue.remedy());
    }

    @Test
    void labelsThatReadPastTheirWindowAreFound() {
        List<DataIssue> issues =
                lint(HONEST.replaceFirst("AND o.placed <= t.timestamp \\+ INTERVAL '\\{timedelta}'", ""));
        assertEquals(
                List.of("task.window"), issues.stream().map(DataIssue::code).toList());
        assertTrue(issues.getFirst().message().contains("depend on rows after their window"), issues.toString());
    }

    @Test
    void aWindowSpelledOutDifferentlyIsFound() {
        List<String> codes = lint(HONEST.replace("'{timedelta}'", "'30 days'")).stream()
                .map(DataIssue::code)
                .toList();
        assertEquals(List.of("task.window-text", "task.window"), codes);
        assertEquals(List.of(), lint(HONEST.replace("'{timedelta}'", "14 DAY")));
        assertEquals(List.of(), lint(HONEST.replace("'{timedelta}'", "(2) weeks")));
    }

    @Test
    void thePopulationAtATimeIsTheOneOfTheTasksRule() {
        LocalDateTime at = LocalDateTime.parse("2024-06-01T00:00:00");
        List<Long> active = database.store()
                .query(
                        "SELECT DISTINCT customer FROM orders WHERE placed <= TIMESTAMP '2024-06-01'"
                                + " AND placed > TIMESTAMP '2024-05-18' ORDER BY 1",
                        row -> row.getLong(1));
        TaskRows rows = TaskBuilder.populationAt(database, task(HONEST), at);
        assertArrayEquals(active.stream().mapToLong(Long::longValue).toArray(), rows.entity());
        assertTrue(active.size() > 5 && active.size() < 40);
        assertEquals(at, TaskRows.time(rows.seed()[0]));
        assertEquals(0, TaskBuilder.populationAt(database, task(HINDSIGHT), at).size());
    }
}
