package org.relata.bench;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.features.EntityTimes;

/// A generated shop: for every ten order lines three orders and one customer, over three years, the same for a seed.
///
/// Customers differ in how much they order. Orders and customers are dated, lines belong to the moment of their order.
final class OrdersStore {
    /// The first day, 2022-01-01, in microseconds.
    private static final long START = 1_640_995_200_000_000L;

    private static final long DAY = 86_400_000_000L;
    private static final int DAYS = 3 * 365;

    private OrdersStore() {}

    /// Makes the store in a new file.
    static Database generate(Path file, long lines, long seed, long memoryBytes, int threads) {
        Duck duck = Duck.open(file, memoryBytes, threads);
        long orders = lines * 3 / 10;
        long customers = lines / 10;
        duck.execute("CREATE MACRO u(i, k) AS (hash(i * 16 + k + " + seed + " * 1000003) >> 11) / 9007199254740992.0");
        duck.execute("""
                CREATE TABLE customers AS SELECT i AS __row, i AS id, 'r' || CAST(floor(u(i, 1) * 8) AS INTEGER) AS region,
                    CAST(18 + floor(u(i, 2) * 60) AS INTEGER) AS age,
                    make_timestamp(CAST(%d + i * (%d * 365 / %d) AS BIGINT)) AS joined FROM range(%d) r(i)""".formatted(START, DAY, customers, customers));
        duck.execute("""
                CREATE TABLE orders AS SELECT i AS __row, c AS __fk0, i AS id, c AS customer_id,
                    make_timestamp(CAST(%d + i * (%d.0 * %d / %d) AS BIGINT)) AS placed,
                    'c' || CAST(floor(u(i, 4) * 4) AS INTEGER) AS channel, round(u(i, 5) * 20, 2) AS shipping
                FROM (SELECT i, CAST(floor(u(i, 3) * u(i, 3) * %d) AS BIGINT) * 48271 %% %d AS c FROM range(%d) r(i))""".formatted(START, DAY, DAYS, orders, customers, customers, orders));
        duck.execute("""
                CREATE TABLE lines AS SELECT i AS __row, o AS __fk0, i AS id, o AS order_id,
                    CAST(1 + floor(u(i, 7) * 5) AS INTEGER) AS quantity, round(u(i, 8) * 100, 2) AS price,
                    'k' || CAST(floor(u(i, 9) * u(i, 9) * 20) AS INTEGER) AS category
                FROM (SELECT i, CAST(floor(u(i, 6) * %d) AS BIGINT) AS o FROM range(%d) r(i))""".formatted(orders, lines));
        duck.execute("CHECKPOINT");
        return new Database(schema(), duck, List.of(), List.of());
    }

    static Schema schema() {
        return new Schema(
                "orders",
                List.of(
                        new Table(
                                "customers",
                                List.of(
                                        new Column("id", ColumnKind.NUMERIC),
                                        new Column("region", ColumnKind.CATEGORICAL),
                                        new Column("age", ColumnKind.NUMERIC),
                                        new Column("joined", ColumnKind.TIMESTAMP)),
                                List.of("id"),
                                List.of(),
                                Optional.of("joined")),
                        new Table(
                                "orders",
                                List.of(
                                        new Column("id", ColumnKind.NUMERIC),
                                        new Column("customer_id", ColumnKind.NUMERIC),
                                        new Column("placed", ColumnKind.TIMESTAMP),
                                        new Column("channel", ColumnKind.CATEGORICAL),
                                        new Column("shipping", ColumnKind.NUMERIC)),
                                List.of("id"),
                                List.of(new ForeignKey(List.of("customer_id"), "customers")),
                                Optional.of("placed")),
                        new Table(
                                "lines",
                                List.of(
                                        new Column("id", ColumnKind.NUMERIC),
                                        new Column("order_id", ColumnKind.NUMERIC),
                                        new Column("quantity", ColumnKind.NUMERIC),
                                        new Column("price", ColumnKind.NUMERIC),
                                        new Column("category", ColumnKind.CATEGORICAL)),
                                List.of("id"),
                                List.of(new ForeignKey(List.of("order_id"), "orders")),
                                Optional.empty())),
                Optional.empty(),
                Optional.empty());
    }

    /// The questions: customers drawn at random, each at a random midnight of the last two years.
    static EntityTimes pairs(long customers, int many, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] entity = new long[many];
        long[] cutoff = new long[many];
        for (int i = 0; i < many; i++) {
            entity[i] = random.nextLong(customers);
            cutoff[i] = START + random.nextLong(365, DAYS) * DAY;
        }
        return new EntityTimes(entity, cutoff, cutoff);
    }

    /// A moment in the middle of the data, from before which the planner takes its statistics.
    static LocalDateTime middle() {
        return LocalDateTime.of(2023, 7, 1, 0, 0);
    }
}
