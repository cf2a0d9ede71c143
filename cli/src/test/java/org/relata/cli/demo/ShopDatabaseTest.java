package org.relata.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relata.database.Duck;
import org.relata.database.Progress;

class ShopDatabaseTest {
    private static final List<String> TABLES =
            List.of("customers", "products", "orders", "order_lines", "returns", "visits");

    @TempDir
    static Path folder;

    private static Shop shop;

    @BeforeAll
    static void write() {
        shop = ShopDatabase.write(folder, 0, Progress.silent());
    }

    @Test
    void hasTensOfThousandsOfRowsOverTwoYears() {
        assertTrue(shop.totalRows() > 50_000 && shop.totalRows() < 120_000, () -> "rows: " + shop.rows());
        try (Duck duck = open(shop)) {
            for (String table : TABLES) {
                assertEquals(shop.rows().get(table).longValue(), duck.count("SELECT count(*) FROM " + table), table);
            }
            assertEquals(730, duck.count("SELECT date_diff('day', min(started_at), max(started_at)) FROM visits"), 2.0);
        }
    }

    @Test
    void givesTheSameRowsForASeedAndOthersForAnother(@TempDir Path again, @TempDir Path other) {
        String first = checksum(shop);
        assertEquals(first, checksum(ShopDatabase.write(again, 0, Progress.silent())));
        assertNotEquals(first, checksum(ShopDatabase.write(other, 1, Progress.silent())));
    }

    @Test
    void replacesAShopThatIsThereAndLeavesNothingElse(@TempDir Path again) throws IOException {
        ShopDatabase.write(again, 1, Progress.silent());
        Shop second = ShopDatabase.write(again, 0, Progress.silent());
        assertEquals(checksum(shop), checksum(second));
        try (Stream<Path> files = Files.list(again)) {
            assertEquals(
                    List.of("churn.yaml", "database.yaml", "shop.duckdb"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void datesNoRowBeforeTheRowItBelongsTo() {
        try (Duck duck = open(shop)) {
            assertEquals(
                    0,
                    duck.count("SELECT count(*) FROM orders o JOIN customers c USING (customer_id)"
                            + " WHERE o.ordered_at < c.signed_up_at"));
            assertEquals(
                    0,
                    duck.count("SELECT count(*) FROM visits v JOIN customers c USING (customer_id)"
                            + " WHERE v.started_at < c.signed_up_at"));
            assertEquals(
                    0,
                    duck.count("SELECT count(*) FROM returns r JOIN orders o USING (order_id)"
                            + " WHERE r.returned_at < o.ordered_at"));
            assertEquals(
                    0,
                    duck.count("SELECT count(*) FROM returns r WHERE NOT EXISTS (SELECT 1 FROM order_lines l"
                            + " WHERE l.order_id = r.order_id AND l.product_id = r.product_id)"));
        }
    }

    @Test
    void hasNullsTextAndBooleans() {
        try (Duck duck = open(shop)) {
            assertTrue(duck.count("SELECT count(*) FROM customers WHERE birth_year IS NULL") > 100);
            assertTrue(duck.count("SELECT count(DISTINCT search_terms) FROM visits") > 200);
            assertEquals(
                    4,
                    duck.count("SELECT count(*) FROM information_schema.columns"
                            + " WHERE data_type = 'BOOLEAN' OR column_name = 'reason'"));
        }
    }

    /// A forecaster of one line must see the signal; one who knows everything must not be certain.
    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void hidesASignalOfKnownStrength(long seed, @TempDir Path where) {
        Shop drawn = seed == 0 ? shop : ShopDatabase.write(where, seed, Progress.silent());
        assertTrue(drawn.ceiling() > 0.84 && drawn.ceiling() < 0.90, () -> "ceiling " + drawn.ceiling());
        assertTrue(drawn.churnRate() > 0.3 && drawn.churnRate() < 0.6, () -> "churn rate " + drawn.churnRate());
        double recency = areaUnderCurve(drawn, """
                SELECT c.customer_id, -epoch(max(v.started_at)) AS score
                FROM customers c LEFT JOIN visits v ON v.customer_id = c.customer_id AND v.started_at < $T
                GROUP BY 1""");
        assertTrue(recency > 0.7 && recency < drawn.ceiling(), () -> "days since the last visit: " + recency);
        double returned = areaUnderCurve(drawn, """
                SELECT o.customer_id, count(r.return_id) / count(DISTINCT o.order_id) AS score
                FROM orders o LEFT JOIN returns r ON r.order_id = o.order_id AND r.returned_at < $T
                WHERE o.ordered_at < $T AND o.ordered_at > $T - INTERVAL 90 DAY GROUP BY 1""");
        assertTrue(returned > 0.52, () -> "returns an order, two joins away: " + returned);
        double brands = areaUnderCurve(drawn, """
                WITH brand AS (
                  SELECT p.brand, count(r.return_id) / count(*) AS returned
                  FROM order_lines l JOIN products p USING (product_id)
                  LEFT JOIN returns r ON r.order_id = l.order_id AND r.product_id = l.product_id AND r.returned_at < $T
                  WHERE l.ordered_at < $T GROUP BY 1)
                SELECT o.customer_id, avg(brand.returned) AS score
                FROM orders o JOIN order_lines l USING (order_id) JOIN products USING (product_id) JOIN brand USING (brand)
                WHERE o.ordered_at < $T AND o.ordered_at > $T - INTERVAL 90 DAY GROUP BY 1""");
        assertTrue(brands > 0.6, () -> "how often the brands they bought are returned, three joins away: " + brands);
    }

    @Test
    void plantsTheLeakOnlyWhereAskedTo(@TempDir Path where) {
        Shop leaking = ShopDatabase.writeLeaking(where, 0, Progress.silent());
        String closed = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'closed_reason'";
        try (Duck duck = open(shop)) {
            assertEquals(0, duck.count(closed));
        }
        try (Duck duck = open(leaking)) {
            assertEquals(1, duck.count(closed));
            assertTrue(duck.count("SELECT count(closed_reason) FROM customers") > 500);
        }
    }

    private static double areaUnderCurve(Shop drawn, String scores) {
        String test = "TIMESTAMP '" + Story.midnight(Story.TEST_DAY) + "'";
        String sql = """
                WITH score AS ($scores),
                rows AS (
                  SELECT coalesce(score, -1e18) AS score, NOT EXISTS (
                    SELECT 1 FROM orders o WHERE o.customer_id = s.customer_id
                    AND o.ordered_at > $T AND o.ordered_at <= $T + INTERVAL 60 DAY) AS churn
                  FROM score s
                  WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = s.customer_id
                    AND o.ordered_at > $T - INTERVAL 90 DAY AND o.ordered_at <= $T)),
                ranked AS (SELECT *, rank() OVER (ORDER BY score)
                  + (count(*) OVER (PARTITION BY score) - 1) / 2.0 AS r FROM rows)
                SELECT (sum(r) FILTER (churn) - count(*) FILTER (churn) * (count(*) FILTER (churn) + 1) / 2.0)
                  / (count(*) FILTER (churn) * count(*) FILTER (NOT churn)) FROM ranked
                """.replace("$scores", scores).replace("$T", test);
        try (Duck duck = open(drawn)) {
            return duck.query(sql, row -> row.getDouble(1)).getFirst();
        }
    }

    private static String checksum(Shop drawn) {
        StringBuilder sums = new StringBuilder();
        try (Duck duck = open(drawn)) {
            for (String table : TABLES) {
                String sum = "SELECT sum(hash(t)) FROM " + table + " t";
                sums.append(duck.query(sum, row -> row.getString(1)).getFirst()).append(' ');
            }
        }
        return sums.toString();
    }

    private static Duck open(Shop drawn) {
        return Duck.open(drawn.database(), 256L << 20, 1);
    }
}
