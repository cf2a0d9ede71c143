package org.relata.database.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.ColumnRef;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;

class TaskBuilderTest {
    private static final String SPEND = """
            SELECT t.timestamp, o.customer, sum(o.amount) AS spend
            FROM timestamps AS t
            JOIN orders AS o ON o.placed > t.timestamp AND o.placed <= t.timestamp + INTERVAL '{timedelta}'
            GROUP BY 1, 2""";

    @TempDir
    Path folder;

    private Database shop;

    @BeforeEach
    void open() {
        shop = StoreFixture.shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ForecastTask forecast(TaskType type, String target, String sql, ColumnRef... hidden) {
        return new ForecastTask(
                "spend",
                type,
                "customers",
                "customer",
                "timestamp",
                target,
                Duration.ofDays(30),
                2,
                shop.schema().validationTime().orElseThrow(),
                shop.schema().testTime().orElseThrow(),
                List.of(hidden),
                sql);
    }

    private TaskTables build(String sql) {
        return TaskBuilder.build(shop, forecast(TaskType.REGRESSION, "spend", sql), Progress.silent());
    }

    private String refused(TaskType type, String sql) {
        RelataException error = assertThrows(
                RelataException.class, () -> TaskBuilder.build(shop, forecast(type, "spend", sql), Progress.silent()));
        assertFalse(error.getMessage().contains("\n"), error.getMessage());
        assertEquals("main", current(), "the store's own tables are visible again");
        return error.getMessage();
    }

    private String current() {
        return shop.store()
                .query("SELECT current_schema() FROM customers LIMIT 1", row -> row.getString(1))
                .getFirst();
    }

    private static List<String> seeds(TaskRows rows) {
        return Arrays.stream(rows.seed())
                .distinct()
                .mapToObj(s -> TaskRows.time(s).toLocalDate().toString())
                .toList();
    }

    @Test
    void seedsGoBackFromValidationAndForwardFromValidationAndTest() {
        TaskTables tables = build(SPEND);
        // V - 30 d, V - 60 d, … while not before the first row on 2024-01-01.
        assertEquals(
                List.of(
                        "2024-01-05",
                        "2024-02-04",
                        "2024-03-05",
                        "2024-04-04",
                        "2024-05-04",
                        "2024-06-03",
                        "2024-07-03",
                        "2024-08-02"),
                seeds(tables.train()));
        // V + 30 d = 1 October, whose window ends on 31 October, before T.
        assertEquals(List.of("2024-09-01", "2024-10-01"), seeds(tables.validation()));
        // The data ends on 19 December, so a second window from 1 December would reach past it.
        assertEquals(List.of("2024-11-01"), seeds(tables.test()));
    }

    @Test
    void theWindowIsOpenOnTheLeftAndClosedOnTheRight() {
        TaskTables tables = build(SPEND.replace("sum(o.amount)", "count(*)"));
        // From 5 January, order 0 is placed exactly at the seed and not counted; order 30 exactly at its end and
        // counted.
        assertEquals(30, Arrays.stream(tables.train().label()).limit(3).sum());
        double[] first = Arrays.copyOf(tables.train().label(), 3);
        // Orders 1 … 30 in turn for customers b, c, a.
        assertArrayEquals(new double[] {10, 10, 10}, first);
        assertArrayEquals(new long[] {0, 1, 2}, Arrays.copyOf(tables.train().entity(), 3));
    }

    @Test
    void entitiesDatedAfterTheTestTimeAreInNoSplit() {
        List<String> notes = new ArrayList<>();
        TaskTables tables = TaskBuilder.build(shop, forecast(TaskType.REGRESSION, "spend", SPEND), new Notes(notes));
        assertArrayEquals(new long[] {0, 1, 2}, tables.test().entity(), "customer d joins after T");
        assertTrue(notes.getFirst().startsWith("1 of 4 test label rows were set aside"), notes.toString());
    }

    @Test
    void trainingLabelsSeeNothingAfterTheTestTimeAndHiddenColumnsAreGone() {
        // The latest order that any split's SQL can see.
        String latest =
                "SELECT t.timestamp, 'a' AS customer, (SELECT epoch(max(placed)) FROM orders) AS spend FROM timestamps t";
        TaskTables tables = build(latest);
        assertEquals(
                LocalDateTime.parse("2024-11-01T00:00:00"),
                TaskRows.time((long) tables.train().label()[0] * 1_000_000));
        assertEquals(
                LocalDateTime.parse("2024-12-19T00:00:00"),
                TaskRows.time((long) tables.test().label()[0] * 1_000_000));
        RelataException hidden = assertThrows(
                RelataException.class,
                () -> TaskBuilder.build(
                        shop,
                        forecast(TaskType.REGRESSION, "spend", SPEND, new ColumnRef("orders", "amount")),
                        Progress.silent()));
        assertTrue(hidden.getMessage().contains("amount"), hidden.getMessage());
    }

    @Test
    void storeColumnsAreNotVisibleToLabelSql() {
        assertTrue(refused(TaskType.REGRESSION, "SELECT __row FROM main.orders").contains("__row"));
    }

    @Test
    void bothNamesOfTheSeedTableWorkAndCommentsAndSemicolonsDoNoHarm() {
        assertArrayEquals(
                build(SPEND).train().label(),
                build(SPEND.replace("timestamps", "timestamp_df") + "; -- done")
                        .train()
                        .label());
    }

    @Test
    void theSameTaskGivesTheSameTables() {
        TaskTables one = build(SPEND);
        TaskTables two = build(SPEND);
        assertArrayEquals(one.train().entity(), two.train().entity());
        assertArrayEquals(one.train().seed(), two.train().seed());
        assertArrayEquals(one.train().label(), two.train().label());
    }

    @Test
    void sqlThatFailsIsReportedAtItsPositionInTheTaskFile() {
        String message = refused(TaskType.REGRESSION, "SELECT t.timestamp,\n  o.custmer\nFROM timestamps t, orders o");
        assertTrue(message.startsWith("label SQL of task spend, line 2, column 3: Binder Error"), message);
        assertTrue(message.contains("custmer"), message);
        assertTrue(refused(TaskType.REGRESSION, "SELEC 1").contains(", line 1, column 7: Parser Error"));
        assertTrue(refused(TaskType.REGRESSION, "SELECT * FROM ordrs").contains("ordrs does not exist"));
        assertTrue(refused(TaskType.REGRESSION, SPEND + "; DROP TABLE orders").contains("Parser Error"));
    }

    @Test
    void missingAndExtraColumnsAreNamed() {
        assertTrue(
                refused(TaskType.REGRESSION, SPEND.replace("AS spend", "AS cost"))
                        .contains(
                                "does not return the column spend that target_col names; it returns timestamp, customer, cost"));
        assertTrue(refused(TaskType.REGRESSION, SPEND.replace("AS spend", "AS spend, 1 AS one"))
                .contains("more than the three declared columns: one"));
        assertTrue(refused(TaskType.REGRESSION, SPEND.replace("t.timestamp,", "epoch(t.timestamp) AS timestamp,"))
                .contains("time column timestamp is DOUBLE, not a timestamp"));
    }

    @Test
    void noRowsSaysWhichSplitAndWhatTheDataSpans() {
        String message =
                refused(TaskType.REGRESSION, SPEND.replace("AND o.placed <=", "AND o.amount < 0 AND o.placed <="));
        assertTrue(message.contains("returns no rows for the train split of 8 seed time(s) from 2024-01-05"), message);
        assertTrue(message.contains("spans 2024-01-01 to 2024-11-01"), message);
        String later = refused(
                TaskType.REGRESSION, SPEND.replace("AND o.placed <=", "AND o.placed <= '2024-09-01' AND o.placed <="));
        assertTrue(later.contains("for the val split"), later);
        String strangers = refused(TaskType.REGRESSION, SPEND.replace("o.customer,", "'x' || o.customer AS customer,"));
        assertTrue(strangers.contains("no customer that is a key of customers"), strangers);
    }

    @Test
    void repeatedRowsMissingLabelsAndForeignSeedsAreRefused() {
        String repeated = refused(
                TaskType.REGRESSION, SPEND.replace("sum(o.amount)", "o.amount").replace("GROUP BY 1, 2", ""));
        assertTrue(
                repeated.contains("may occur once, but the train split has 10 rows at 2024-01-05 for row 0"), repeated);
        String missing = refused(
                TaskType.REGRESSION,
                SPEND.replace("sum(o.amount)", "CASE WHEN o.customer = 'a' THEN NULL ELSE sum(o.amount) END"));
        assertTrue(missing.contains("row(s) have no spend"), missing);
        String infinite = refused(TaskType.REGRESSION, SPEND.replace("sum(o.amount)", "sum(o.amount) / 0"));
        assertTrue(infinite.contains("row(s) have no spend"), infinite);
        String foreign = refused(
                TaskType.REGRESSION, SPEND.replace("t.timestamp,", "t.timestamp + INTERVAL 1 DAY AS timestamp,"));
        assertTrue(foreign.contains("returns 2024-01-06, which is none of the seed times of the train split"), foreign);
    }

    @Test
    void binaryLabelsMayBeNumbersBooleansOrText() {
        String busy = SPEND.replace("sum(o.amount)", "sum(o.amount) > 29");
        TaskTables booleans = build(TaskType.BINARY_CLASSIFICATION, busy);
        assertEquals(List.of("0", "1"), booleans.classes());
        String text = SPEND.replace("sum(o.amount)", "CASE WHEN sum(o.amount) > 29 THEN 'high' ELSE 'average' END");
        TaskTables texts = build(TaskType.BINARY_CLASSIFICATION, text);
        assertEquals(List.of("average", "high"), texts.classes());
        assertArrayEquals(booleans.train().label(), texts.train().label());
    }

    private TaskTables build(TaskType type, String sql) {
        return TaskBuilder.build(shop, forecast(type, "spend", sql), Progress.silent());
    }

    @Test
    void classesAreSortedAndNumbered() {
        TaskTables numbers =
                build(TaskType.MULTICLASS_CLASSIFICATION, SPEND.replace("sum(o.amount)", "sum(o.amount) % 5 - 9"));
        List<Double> values = numbers.classes().stream().map(Double::valueOf).toList();
        assertEquals(values.stream().sorted().toList(), values);
        double[] decoded = Arrays.stream(numbers.train().label())
                .map(label -> values.get((int) label))
                .toArray();
        assertArrayEquals(
                build(SPEND.replace("sum(o.amount)", "sum(o.amount) % 5 - 9"))
                        .train()
                        .label(),
                decoded);
        assertTrue(refused(TaskType.BINARY_CLASSIFICATION, SPEND).contains("labels of more than two values"));
        assertTrue(refused(TaskType.REGRESSION, SPEND.replace("sum(o.amount)", "'x'"))
                .contains("regression task are text"));
        assertTrue(refused(TaskType.REGRESSION, SPEND.replace("sum(o.amount)", "max(placed)"))
                .contains("type TIMESTAMP"));
    }

    @Test
    void oneClassInTrainingIsNothingToLearn() {
        String message = refused(TaskType.BINARY_CLASSIFICATION, SPEND.replace("sum(o.amount)", "1"));
        assertTrue(message.contains("all 24 training rows have the label 1"), message);
    }

    @Test
    void windowsThatDoNotFitTheDataAreRefused() {
        ForecastTask year = new ForecastTask(
                "yearly",
                TaskType.REGRESSION,
                "customers",
                "customer",
                "timestamp",
                "spend",
                Duration.ofDays(50),
                1,
                LocalDateTime.parse("2024-03-01T00:00:00"),
                LocalDateTime.parse("2024-11-01T00:00:00"),
                List.of(),
                SPEND);
        String message = assertThrows(RelataException.class, () -> TaskBuilder.build(shop, year, Progress.silent()))
                .getMessage();
        assertTrue(message.contains("only 1 training seed time(s) fit"), message);
    }

    @Test
    void predictionRowsAreTheEntitiesKnownThen() {
        Task task = forecast(TaskType.REGRESSION, "spend", SPEND);
        LocalDateTime march = LocalDateTime.parse("2024-03-01T00:00:00");
        TaskRows known = TaskBuilder.rowsAt(shop, task, march, Optional.empty());
        assertArrayEquals(new long[] {0, 1, 2}, known.entity());
        assertEquals(march, TaskRows.time(known.seed()[0]));
        assertFalse(known.labelled());
        TaskRows chosen = TaskBuilder.rowsAt(shop, task, march, Optional.of(List.of("c", "a", "c")));
        assertArrayEquals(new long[] {0, 2}, chosen.entity());
        RelataException unknown = assertThrows(
                RelataException.class, () -> TaskBuilder.rowsAt(shop, task, march, Optional.of(List.of("zz"))));
        assertTrue(unknown.getMessage().contains("no row whose id is zz"), unknown.getMessage());
    }

    private AutoCompleteTask complete(TaskType type, String target) {
        return new AutoCompleteTask(
                "complete",
                type,
                "orders",
                "number",
                "placed",
                target,
                shop.schema().validationTime().orElseThrow(),
                shop.schema().testTime().orElseThrow(),
                List.of());
    }

    @Test
    void autoCompleteSplitsRowsByTheirOwnTimeWithBoundariesInTheEarlierSplit() {
        TaskTables tables =
                TaskBuilder.build(shop, complete(TaskType.BINARY_CLASSIFICATION, "channel"), Progress.silent());
        assertEquals(List.of("shop", "web"), tables.classes());
        // Orders from 5 January: 1 September is day 240, 1 November day 301.
        assertEquals(241, tables.train().size());
        assertEquals(61, tables.validation().size());
        assertEquals(48, tables.test().size());
        assertEquals("2024-09-01", seeds(tables.train()).getLast());
        assertEquals("2024-11-01", seeds(tables.validation()).getLast());
        assertEquals("2024-01-05", seeds(tables.train()).getFirst());
        assertEquals(1, tables.train().label()[0]);
    }

    @Test
    void autoCompleteLeavesOutMissingTargetsAndClassesThatTrainingDoesNotHave() {
        shop.store().execute("UPDATE orders SET channel = NULL WHERE number = 7");
        shop.store().execute("UPDATE orders SET channel = 'fair' WHERE number = 330");
        Task task = complete(TaskType.MULTICLASS_CLASSIFICATION, "channel");
        TaskTables tables = TaskBuilder.build(shop, task, Progress.silent());
        assertEquals(List.of("shop", "web"), tables.classes());
        assertEquals(240, tables.train().size());
        assertEquals(47, tables.test().size());
        TaskRows missing = TaskBuilder.rowsAt(shop, task, LocalDateTime.parse("2024-12-31T00:00:00"), Optional.empty());
        assertArrayEquals(new long[] {7}, missing.entity());
        assertEquals("2024-01-12", seeds(missing).getFirst());
    }

    @Test
    void autoCompleteCannotPredictKeys() {
        RelataException error = assertThrows(
                RelataException.class,
                () -> TaskBuilder.build(shop, complete(TaskType.REGRESSION, "customer"), Progress.silent()));
        assertTrue(error.getMessage().contains("orders.customer is a key"), error.getMessage());
    }

    @Test
    void strangeNamesAreQuoted(@TempDir Path other) {
        String table = "Größe \"x\" select";
        try (Database odd = new StoreFixture(other)
                .table(
                        "group",
                        "SELECT i AS \"or der\" FROM range(3) r(i)",
                        List.of("or der"),
                        Optional.empty(),
                        Map.of())
                .table(
                        table,
                        "SELECT i AS \"order\", i % 3 AS \"gr'oup\", TIMESTAMP '2024-01-01' + INTERVAL (i) DAY AS \"wann \"\"t\"\"\""
                                + " FROM range(200) r(i)",
                        List.of("order"),
                        Optional.of("wann \"t\""),
                        Map.of("gr'oup", "group"))
                .build(LocalDateTime.parse("2024-05-01T00:00:00"), LocalDateTime.parse("2024-06-01T00:00:00"))) {
            ForecastTask task = new ForecastTask(
                    "odd 'name'",
                    TaskType.REGRESSION,
                    "group",
                    "the \"key\"",
                    "when?",
                    "naïve",
                    Duration.ofDays(20),
                    1,
                    LocalDateTime.parse("2024-05-01T00:00:00"),
                    LocalDateTime.parse("2024-06-01T00:00:00"),
                    List.of(),
                    """
                    SELECT t.timestamp AS "when?", x."gr'oup" AS "the ""key""\", count(*) AS "naïve"
                    FROM timestamps t JOIN "Größe ""x"" select" x
                      ON x."wann ""t""\" > t.timestamp AND x."wann ""t""\" <= t.timestamp + INTERVAL '{timedelta}'
                    GROUP BY ALL""");
            TaskTables tables = TaskBuilder.build(odd, task, Progress.silent());
            assertEquals(3, tables.test().size());
            assertEquals(20, Arrays.stream(tables.test().label()).sum());
        }
    }

    private record Notes(List<String> notes) implements Progress {
        @Override
        public void begin(String stage, long total) {}

        @Override
        public void done(long steps) {}

        @Override
        public void note(String message) {
            notes.add(message);
        }
    }
}
