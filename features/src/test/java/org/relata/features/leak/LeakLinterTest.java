package org.relata.features.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.task.TaskTables;
import org.relata.database.task.TaskType;
import org.relata.features.leak.SmallShop.Extras;

class LeakLinterTest {
    private static final String CUSTOMERS = SmallShop.CUSTOMERS;
    private static final String END = "TIMESTAMP '2024-12-31'";

    @TempDir
    Path folder;

    /// Clean databases of many seeds: whatever chance does, nothing is called a leak.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void findsNothingInACleanDatabase(long seed) {
        try (SmallShop shop = SmallShop.open(folder, seed, Extras.NONE)) {
            LeakReport report = shop.check();
            assertEquals(List.of(), report.findings());
            assertTrue(report.verdict().startsWith("no leak found; 12 columns checked"), report::verdict);
        }
    }

    @Test
    void catchesAColumnThatIsFilledInAfterTheFact() {
        // Most of those who ordered nothing in October were written off after it.
        Extras leak = Extras.customer("""
                CASE WHEN c.joined < TIMESTAMP '2024-09-30' AND c.id % 4 > 0 AND NOT EXISTS (
                  SELECT 1 FROM raw_orders o WHERE o.who = c.id AND o.placed > TIMESTAMP '2024-10-01'
                  AND o.placed <= TIMESTAMP '2024-10-31') THEN 'moved' END AS "closed reason\"""");
        assertFinding(leak, "column.filled-later", CUSTOMERS, "closed reason", Severity.ERROR);
    }

    @Test
    void catchesATimeThatIsRecordedAfterTheRow() {
        Extras leak = Extras.order("""
                CASE WHEN o.placed + to_days(20) < %s THEN o.placed + to_days(5 + CAST(o.id %% 15 AS INTEGER)) END AS returned_at""".formatted(END));
        assertFinding(leak, "column.later", "orders", "returned_at", Severity.ERROR);
    }

    @Test
    void doesNotCallAPlannedTimeALeak() {
        Extras plan = Extras.order("o.placed + INTERVAL 30 DAY AS due");
        assertFinding(plan, "column.later", "orders", "due", Severity.INFO);
    }

    @Test
    void warnsAboutAStatusThatSettles() {
        Extras status = Extras.order("""
                CASE WHEN o.placed > %s - INTERVAL 10 DAY THEN 'open' WHEN o.id %% 9 = 0 THEN 'lost' ELSE 'done' END AS status""".formatted(END));
        assertFinding(status, "column.settles", "orders", "status", Severity.WARNING);
    }

    @Test
    void saysNothingOfAColumnThatIsEmptyInOldRows() {
        Extras young = Extras.order("CASE WHEN o.placed > TIMESTAMP '2024-06-01' THEN o.paid * 0.5 END AS fee");
        assertNothing(young);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(*)                     | the number of its orders over all time",
                "sum(o.paid)                  | the sum of paid of its orders over all time",
                "round(avg(o.paid), 1)        | the mean of paid of its orders over all time",
                "max(o.placed)                    | the time of the last of its orders over all time",
                "sum((SELECT sum(l.pieces) FROM raw_lines l WHERE l.order_id = o.id))"
                        + " | the sum of pieces of its lines through orders over all time"
            })
    void catchesATotalOverAllTime(String total, String words) {
        Extras leak = Extras.customer("(SELECT " + total + " FROM raw_orders o WHERE o.who = c.id) AS total_orders");
        DataIssue finding = assertFinding(leak, "column.total", CUSTOMERS, "total_orders", Severity.ERROR);
        assertTrue(finding.message().contains(words), finding::message);
    }

    @Test
    void doesNotCallTheTotalOfAnOrderALeak() {
        assertNothing(Extras.order("(SELECT sum(l.pieces) FROM raw_lines l WHERE l.order_id = o.id) AS pieces"));
    }

    @Test
    void doesNotCallACountUpToTheRowItselfALeak() {
        assertNothing(Extras.order(
                "(SELECT count(*) FROM raw_orders x WHERE x.who = o.who AND x.placed < o.placed) AS orders_before"));
    }

    @Test
    void catchesALabelCopiedIntoTheEntityTable() {
        Extras leak = Extras.customer("""
                CAST(NOT EXISTS (SELECT 1 FROM raw_orders o WHERE o.who = c.id AND o.placed > TIMESTAMP '2024-10-01'
                  AND o.placed <= TIMESTAMP '2024-10-31') AS INTEGER) AS is_silent""");
        DataIssue finding = assertFinding(leak, "label.copied", CUSTOMERS, "is_silent", Severity.ERROR);
        assertTrue(finding.message().contains("equals the label in 100 %"), finding::message);
    }

    @Test
    void catchesALabelThatFollowsFromACategory() {
        Extras leak = Extras.customer("""
                CASE WHEN EXISTS (SELECT 1 FROM raw_orders o WHERE o.who = c.id AND o.placed > TIMESTAMP '2024-10-01'
                  AND o.placed <= TIMESTAMP '2024-10-31') THEN ['blue', 'green'][1 + CAST(c.id % 2 AS INTEGER)] ELSE 'red' END
                  AS tier""");
        assertFinding(leak, "label.derivable", CUSTOMERS, "tier", Severity.ERROR);
    }

    @Test
    void catchesAColumnThatPredictsTooWell() {
        // The label of the validation seed with noise on top.
        Extras leak = Extras.customer("""
                (SELECT count(*) FROM raw_orders o WHERE o.who = c.id AND o.placed > TIMESTAMP '2024-10-01'
                  AND o.placed <= TIMESTAMP '2024-10-31') + 1.3 * c.eager AS engagement""");
        assertFinding(leak, "label.predicted", CUSTOMERS, "engagement", Optional.empty());
    }

    @Test
    void isNotFooledByIdentifiers() {
        assertNothing(Extras.customer("md5(CAST(c.id AS VARCHAR)) AS token, c.id * 7919 % 10007 AS code"));
    }

    @Test
    void catchesANumberThatIsTheLabelOfARegression() {
        Extras leak = Extras.customer("""
                (SELECT coalesce(sum(o.paid), 0) FROM raw_orders o WHERE o.who = c.id AND o.placed > TIMESTAMP '2024-10-01'
                  AND o.placed <= TIMESTAMP '2024-10-31') AS october""");
        try (SmallShop shop = SmallShop.open(folder, 1, leak)) {
            LeakReport report = shop.check(shop.task(TaskType.REGRESSION, SmallShop.SPEND), LeakOptions.standard());
            assertEquals("label.copied", report.findings().getFirst().code());
            assertEquals(Optional.of("october"), report.findings().getFirst().column());
        }
    }

    @Test
    void warnsAboutAColumnWithTheLabelsName() {
        assertFinding(Extras.customer("c.id % 3 = 0 AS Silent"), "label.named", CUSTOMERS, "Silent", Severity.WARNING);
    }

    @Test
    void catchesALinkThatIsWrittenLater() {
        try (TestStore store = new TestStore(folder)) {
            store.scratch("raw_posts", """
                    SELECT i AS id, TIMESTAMP '2024-01-01' + to_hours(i) AS placed, CASE WHEN i % 3 > 0 AND i > 20 THEN
                      i - (i * 7) % 20 END AS question FROM range(6000) t(i)""");
            store.table("posts", "SELECT id, placed FROM raw_posts", "placed", "id");
            store.table("questions", """
                    SELECT id AS id, placed, CASE WHEN id + 400 < 6000 THEN id + 1 + id % 300 END AS accepted
                    FROM raw_posts WHERE id % 2 = 0""", "placed", "id", "accepted->posts");
            DataIssue finding = only(store, "link.later");
            assertEquals(Severity.ERROR, finding.severity());
            assertEquals("questions", finding.table());
            assertEquals(Optional.of("accepted"), finding.column());
        }
    }

    @Test
    void onlyWarnsAboutALinkToWhatWasAnnounced() {
        try (TestStore store = new TestStore(folder)) {
            store.table(
                    "races",
                    "SELECT i AS id, TIMESTAMP '2024-01-02' + to_days(CAST(i AS INTEGER)) AS placed FROM range(300) t(i)",
                    "placed",
                    "id");
            store.table("qualifying", """
                    SELECT i AS id, TIMESTAMP '2024-01-01' + to_days(CAST(i // 20 AS INTEGER)) AS placed, i // 20 AS race
                    FROM range(6000) t(i)""", "placed", "id", "race->races");
            DataIssue finding = only(store, "link.later");
            assertEquals(Severity.WARNING, finding.severity());
            assertTrue(finding.message().contains("6000 of 6000"), finding::message);
        }
    }

    @Test
    void warnsAboutEventsWithoutATime() {
        try (TestStore store = new TestStore(folder)) {
            store.table(
                    "orders",
                    "SELECT i AS id, TIMESTAMP '2024-01-02' + to_hours(i) AS placed FROM range(500) t(i)",
                    "placed",
                    "id");
            store.table("lines", "SELECT i AS id, i // 2 AS o FROM range(1000) t(i)", "", "id", "o->orders");
            DataIssue finding = only(store, "time.missing");
            assertEquals("lines", finding.table());
            assertTrue(finding.remedy().contains("time_col"), finding::remedy);
        }
    }

    @Test
    void hasNothingToSayOfFiveRows() {
        try (TestStore store = new TestStore(folder)) {
            store.table(
                    "people",
                    "SELECT i AS id, TIMESTAMP '2024-01-01' + to_days(CAST(i AS INTEGER)) AS born,"
                            + " CASE WHEN i < 3 THEN i END AS gone FROM range(5) t(i)",
                    "born",
                    "id");
            assertEquals(List.of(), findings(store));
        }
    }

    @Test
    void looksThroughTwoThousandColumnsWithinItsMemory() {
        String columns = IntStream.range(0, 2_000)
                .mapToObj(i -> "hash(c.id * %d) %% 1000 / 7.0 AS \"column %d\"".formatted(i + 1, i))
                .collect(Collectors.joining(", "));
        try (SmallShop shop = SmallShop.open(
                folder,
                1,
                Extras.customer(
                        columns + ", (SELECT count(*) FROM raw_orders o WHERE o.who = c.id) AS total_orders"))) {
            LeakReport report = shop.check();
            assertEquals(
                    List.of(Optional.of("total_orders")),
                    report.findings().stream().map(DataIssue::column).toList());
        }
    }

    @Test
    void explainsEveryCodeInTheReference() throws IOException {
        Path page = Path.of("..", "docs", "reference", "leaks.md");
        List<String> codes = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1])
                .filter(code -> !code.startsWith("task."))
                .toList();
        assertEquals(LeakCodes.ALL, codes);
    }

    @Test
    void letsPassWhatIsTolerated() {
        Extras leak = Extras.customer("(SELECT count(*) FROM raw_orders o WHERE o.who = c.id) AS n");
        try (SmallShop shop = SmallShop.open(folder, 1, leak)) {
            LeakOptions options = LeakOptions.standard().tolerating(Set.of(CUSTOMERS + ".n: column.total"));
            LeakReport report = shop.check(shop.task(TaskType.BINARY_CLASSIFICATION, SmallShop.SILENT), options);
            assertFalse(report.fatal());
            assertTrue(report.findings().getFirst().message().endsWith("(tolerated)"));
        }
    }

    private DataIssue only(TestStore store, String code) {
        List<DataIssue> findings = findings(store);
        assertEquals(1, findings.size(), findings::toString);
        assertEquals(code, findings.getFirst().code());
        return findings.getFirst();
    }

    private static List<DataIssue> findings(TestStore store) {
        return LeakLinter.check(
                        store.database(),
                        store.database().schema(),
                        new org.relata.database.task.ForecastTask(
                                "t",
                                TaskType.REGRESSION,
                                store.database().schema().tables().getFirst().name(),
                                "id",
                                "t",
                                "y",
                                SmallShop.WINDOW,
                                1,
                                SmallShop.TEST,
                                SmallShop.TEST.plusDays(40),
                                List.of(),
                                ""),
                        new TaskTables(empty(), empty(), empty(), List.of()),
                        LeakOptions.standard())
                .findings();
    }

    private static org.relata.database.task.TaskRows empty() {
        return new org.relata.database.task.TaskRows(new long[0], new long[0], new double[0]);
    }

    private void assertNothing(Extras extras) {
        try (SmallShop shop = SmallShop.open(folder, 1, extras)) {
            assertEquals(List.of(), shop.check().findings());
        }
    }

    private DataIssue assertFinding(Extras extras, String code, String table, String column, Severity severity) {
        return assertFinding(extras, code, table, column, Optional.of(severity));
    }

    private DataIssue assertFinding(
            Extras extras, String code, String table, String column, Optional<Severity> severity) {
        try (SmallShop shop = SmallShop.open(folder, 1, extras)) {
            LeakReport report = shop.check();
            DataIssue finding = report.findings().stream()
                    .filter(f -> f.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + code + " among " + report.findings()));
            assertEquals(table, finding.table());
            assertEquals(Optional.of(column), finding.column());
            severity.ifPresent(s -> assertEquals(s, finding.severity(), finding::toString));
            assertTrue(finding.remedy().contains(column), finding::remedy);
            report.findings().forEach(f -> assertEquals(Optional.of(column), f.column(), f::toString));
            return finding;
        }
    }
}
