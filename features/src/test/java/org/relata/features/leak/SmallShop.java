package org.relata.features.leak;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskTables;
import org.relata.database.task.TaskType;

/// A clean random shop of one year: customers, products, orders and lines; who orders, what and when is chance, but for
/// a mild honest signal. Tests add leaks to it by writing further columns as SQL.
///
/// Names need quoting on purpose.
final class SmallShop implements AutoCloseable {
    static final String CUSTOMERS = "Big \"Customers\"";
    static final LocalDateTime TEST = LocalDateTime.of(2024, 11, 1, 0, 0);
    static final Duration WINDOW = Duration.ofDays(30);

    private final TestStore store;

    private SmallShop(TestStore store) {
        this.store = store;
    }

    /// Further columns of the three tables, each an SQL expression with a name, such as `1 AS one`.
    ///
    /// @param customers over `c`, with the scratch tables `raw_customers` and `raw_orders` there to read
    /// @param orders over `o`
    /// @param lines over `l`
    record Extras(String customers, String orders, String lines) {
        static final Extras NONE = new Extras("", "", "");

        static Extras customer(String columns) {
            return new Extras(columns, "", "");
        }

        static Extras order(String columns) {
            return new Extras("", columns, "");
        }
    }

    static SmallShop open(Path folder, long seed, Extras extras) {
        TestStore store = new TestStore(folder);
        double offset = (seed * 0.6180339887) % 1;
        store.duck().execute("SELECT setseed(" + offset + ")");
        store.duck().execute("SET threads = 1");
        store.scratch("raw_customers", """
                SELECT i AS id, TIMESTAMP '2024-01-01' + to_seconds(CAST(random() * 350 * 86400 AS BIGINT)) AS joined,
                  random() AS eager, CAST(20 + random() * 60 AS INTEGER) AS age,
                  ['north', 'south', 'east', 'west'][1 + CAST(floor(random() * 4) AS INTEGER)] AS region,
                  random() < 0.4 AS member, CASE WHEN random() < 0.2 THEN NULL ELSE random() END AS score,
                  'customer ' || i AS name
                FROM range(800) t(i)""");
        store.scratch("raw_orders", """
                SELECT row_number() OVER (ORDER BY placed) AS id, who, placed, paid, note, channel FROM (
                  SELECT c.id AS who,
                    c.joined + to_seconds(CAST(random() * (365 * 86400 - epoch(c.joined - TIMESTAMP '2024-01-01')) AS BIGINT)) AS placed,
                    CAST(5 + 95 * random() AS INTEGER) / 1.0 AS paid,
                    CASE WHEN random() < 0.5 THEN 'thanks' END AS note,
                    ['web', 'app', 'phone'][1 + CAST(floor(random() * 3) AS INTEGER)] AS channel
                  FROM (SELECT c.*, k, random() AS luck FROM raw_customers c, range(12) t(k)) c WHERE luck < 0.15 + 0.7 * c.eager)""");
        store.scratch("raw_lines", """
                SELECT o.id AS order_id, o.placed, CAST(floor(random() * 40) AS BIGINT) AS product,
                  CAST(1 + floor(random() * 3) AS INTEGER) AS pieces, random() * 10 AS weight
                FROM (SELECT o.*, k, random() AS luck FROM raw_orders o, range(3) t(k)) o WHERE k = 0 OR luck < 0.4""");
        store.table("products", """
                SELECT i AS id, CAST(random() * 50 AS DOUBLE) AS price, 'brand ' || CAST(floor(random() * 5) AS INTEGER) AS brand
                FROM range(40) t(i)""", "", "id");
        store.table(
                "Big \"Customers\"",
                "SELECT c.* EXCLUDE (eager)" + more(extras.customers()) + " FROM raw_customers c",
                "joined",
                "id");
        store.table(
                "orders",
                "SELECT o.*" + more(extras.orders()) + " FROM raw_orders o",
                "placed",
                "id",
                "who->Big \"Customers\"");
        store.table(
                "lines",
                "SELECT l.*" + more(extras.lines()) + " FROM raw_lines l",
                "placed",
                "",
                "order_id->orders",
                "product->products");
        return new SmallShop(store);
    }

    private static String more(String columns) {
        return columns.isEmpty() ? "" : ", " + columns;
    }

    Database database() {
        return store.database();
    }

    /// What a label is, as SQL over a customer `c` and a seed `s`.
    static final String SILENT = """
            CAST(NOT EXISTS (SELECT 1 FROM orders o WHERE o.who = c.id AND o.placed > s.timestamp
              AND o.placed <= s.timestamp + INTERVAL '{timedelta}') AS INTEGER)""";

    static final String SPEND = """
            (SELECT coalesce(sum(o.paid), 0) FROM orders o WHERE o.who = c.id AND o.placed > s.timestamp
              AND o.placed <= s.timestamp + INTERVAL '{timedelta}')""";

    /// Validation asks on 1 October, test on 1 November.
    ForecastTask task(TaskType type, String label) {
        return new ForecastTask(
                "silence",
                type,
                CUSTOMERS,
                "id",
                "t",
                "silent",
                WINDOW,
                1,
                TEST.minusDays(31),
                TEST,
                List.of(),
                "SELECT s.timestamp AS t, c.id, " + label
                        + " AS silent FROM timestamps s, \"Big \"\"Customers\"\"\" c WHERE c.joined <= s.timestamp");
    }

    LeakReport check() {
        return check(task(TaskType.BINARY_CLASSIFICATION, SILENT), LeakOptions.standard());
    }

    LeakReport check(ForecastTask task, LeakOptions options) {
        Database database = database();
        TaskTables tables = TaskBuilder.build(database, task, Progress.silent());
        // Whoever read them would notice.
        Arrays.fill(tables.test().label(), Double.NaN);
        return LeakLinter.check(database, database.schema(), task, tables, options);
    }

    @Override
    public void close() {
        store.close();
    }
}
