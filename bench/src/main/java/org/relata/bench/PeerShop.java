package org.relata.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.features.EntityTimes;

/// The shop that Featuretools was measured on, number for number: customers, orders and items, each drawn from its own
/// stream of [SplittableRandom].
///
/// Orders are skewed over customers; an item is added when its order is made. Rows are numbered in order of time, as in
/// every store.
final class PeerShop {
    private static final long MICROS = 1_000_000;
    private static final long DAY = 86_400;

    /// 2020-01-01 in seconds.
    private static final long START = 1_577_836_800;

    private final int customers;
    private final int orders;
    private final int items;

    /// @param customers 10,000 in what was measured, with 20 times as many orders and 100 times as many items
    PeerShop(int customers) {
        this.customers = customers;
        this.orders = 20 * customers;
        this.items = 100 * customers;
    }

    /// Writes the store into a new file.
    Database write(Path file, long memoryBytes, int threads) {
        Duck duck = Duck.open(file, memoryBytes, threads);
        duck.execute("CREATE TEMP TABLE c (id BIGINT, joined TIMESTAMP, age INTEGER, region VARCHAR)");
        duck.execute("CREATE TEMP TABLE o (id BIGINT, customer_id BIGINT, ordered TIMESTAMP, channel VARCHAR)");
        duck.execute("CREATE TEMP TABLE i (id BIGINT, order_id BIGINT, added TIMESTAMP, qty INTEGER, price DOUBLE,"
                + " category VARCHAR)");
        try {
            fill(duck.connection().unwrap(DuckDBConnection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        duck.execute("CREATE TABLE customers AS SELECT row_number() OVER (ORDER BY joined, id) - 1 AS __row, * FROM c");
        duck.execute("""
                CREATE TABLE orders AS SELECT row_number() OVER (ORDER BY o.ordered, o.id) - 1 AS __row, c.__row AS __fk0, o.*
                FROM o JOIN customers c ON c.id = o.customer_id ORDER BY __row""");
        duck.execute("""
                CREATE TABLE items AS SELECT row_number() OVER (ORDER BY i.added, i.id) - 1 AS __row, o.__row AS __fk0, i.*
                FROM i JOIN orders o ON o.id = i.order_id ORDER BY __row""");
        List.of("c", "o", "i").forEach(table -> duck.execute("DROP TABLE temp." + table));
        duck.execute("CHECKPOINT");
        return new Database(schema(), duck, List.of(), List.of());
    }

    private void fill(DuckDBConnection connection) throws SQLException {
        SplittableRandom joined = new SplittableRandom(401);
        SplittableRandom age = new SplittableRandom(402);
        SplittableRandom region = new SplittableRandom(403);
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "c")) {
            for (int c = 0; c < customers; c++) {
                appender.beginRow();
                appender.append((long) c);
                appender.appendEpochMicros((START + below(joined, 365) * DAY) * MICROS);
                appender.append((int) below(age, 60) + 18);
                appender.append("r" + below(region, 8));
                appender.endRow();
            }
        }
        SplittableRandom who = new SplittableRandom(404);
        SplittableRandom day = new SplittableRandom(405);
        SplittableRandom second = new SplittableRandom(406);
        SplittableRandom channel = new SplittableRandom(407);
        long[] ordered = new long[orders];
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "o")) {
            for (int o = 0; o < orders; o++) {
                double u = who.nextDouble();
                ordered[o] = START + (below(day, 730) + 366) * DAY + below(second, DAY);
                appender.beginRow();
                appender.append((long) o);
                appender.append((long) (u * u * customers) * 4_827 % customers);
                appender.appendEpochMicros(ordered[o] * MICROS);
                appender.append("c" + below(channel, 4));
                appender.endRow();
            }
        }
        SplittableRandom order = new SplittableRandom(408);
        SplittableRandom quantity = new SplittableRandom(409);
        SplittableRandom price = new SplittableRandom(410);
        SplittableRandom category = new SplittableRandom(411);
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "i")) {
            for (int i = 0; i < items; i++) {
                int of = (int) below(order, orders);
                appender.beginRow();
                appender.append((long) i);
                appender.append((long) of);
                appender.appendEpochMicros(ordered[of] * MICROS);
                appender.append((int) below(quantity, 5) + 1);
                appender.append(Math.floor(price.nextDouble() * 10_000) / 100);
                appender.append("k" + below(category, 20));
                appender.endRow();
            }
        }
    }

    private static long below(SplittableRandom random, long bound) {
        return (long) (random.nextDouble() * bound);
    }

    /// One question a customer, at a midnight of 2022.
    ///
    /// @param monthly whether cut-offs are rounded down to the first of their month: 12 distinct ones instead of 365
    EntityTimes questions(Database database, boolean monthly) {
        SplittableRandom day = new SplittableRandom(412);
        long[] cutoff = new long[customers];
        for (int c = 0; c < customers; c++) {
            java.time.LocalDate date = java.time.LocalDate.ofEpochDay(START / DAY + below(day, 365) + 731);
            cutoff[c] = (monthly ? date.withDayOfMonth(1) : date).toEpochDay() * DAY * MICROS;
        }
        long[] rows = database.store().query("SELECT __row FROM customers ORDER BY id", row -> row.getLong(1)).stream()
                .mapToLong(Long::longValue)
                .toArray();
        return new EntityTimes(rows, cutoff, cutoff);
    }

    private static Schema schema() {
        return new Schema(
                "shop",
                List.of(
                        table(
                                "customers",
                                "joined",
                                List.of(),
                                new Column("joined", ColumnKind.TIMESTAMP),
                                new Column("age", ColumnKind.NUMERIC),
                                new Column("region", ColumnKind.CATEGORICAL)),
                        table(
                                "orders",
                                "ordered",
                                List.of(new ForeignKey(List.of("customer_id"), "customers")),
                                new Column("customer_id", ColumnKind.NUMERIC),
                                new Column("ordered", ColumnKind.TIMESTAMP),
                                new Column("channel", ColumnKind.CATEGORICAL)),
                        table(
                                "items",
                                "added",
                                List.of(new ForeignKey(List.of("order_id"), "orders")),
                                new Column("order_id", ColumnKind.NUMERIC),
                                new Column("added", ColumnKind.TIMESTAMP),
                                new Column("qty", ColumnKind.NUMERIC),
                                new Column("price", ColumnKind.NUMERIC),
                                new Column("category", ColumnKind.CATEGORICAL))),
                Optional.empty(),
                Optional.empty());
    }

    private static Table table(String name, String time, List<ForeignKey> keys, Column... columns) {
        List<Column> all = new java.util.ArrayList<>(List.of(new Column("id", ColumnKind.NUMERIC)));
        all.addAll(List.of(columns));
        return new Table(name, all, List.of("id"), keys, Optional.of(time));
    }
}
