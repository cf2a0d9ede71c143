package org.relata.synth.like;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.schema.TimeSpan;

/// A shop of which counts are known, and what a plan takes over of it.
final class LikenessTest {
    private static final List<String> CITIES = List.of("Ulm", "Bonn", "Kiel", "Jena", "Trier");

    @TempDir
    static Path folder;

    private static Path data;
    private static Likeness anonymous;
    private static Likeness labelled;
    private static Likeness byOneThread;
    private static List<String> values;

    /// 200 customers of whom the last 50 never order, 1,000 orders of which every tenth has no customer, and stock
    /// lists
    /// with a key of two columns.
    @BeforeAll
    static void shop() throws IOException {
        data = folder.resolve("data");
        Files.createDirectories(data);
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder customers = new StringBuilder("customer_id,city,name,born,vip,height\n");
        for (int i = 0; i < 200; i++) {
            customers.append(String.format(
                    Locale.ROOT,
                    "%d,%s,Secret Person %d of the house on the hill,19%02d-03-0%d,%s,%s%n",
                    7001 + i,
                    CITIES.get(i % 5),
                    i,
                    i % 90,
                    1 + i % 9,
                    i % 3 == 0,
                    i % 4 == 0 ? "" : 150.25 + i / 10.0));
        }
        Files.writeString(data.resolve("customers.csv"), customers);
        StringBuilder orders = new StringBuilder("order_id,customer_id,placed_at,items\n");
        for (int i = 0; i < 1000; i++) {
            orders.append(String.format(
                    Locale.ROOT,
                    "%d,%s,2024-%02d-%02d 1%d:30:00,%d%n",
                    90001 + i,
                    i % 10 == 9 ? "" : Integer.toString(7001 + random.nextInt(150)),
                    1 + i / 100,
                    1 + i % 28,
                    i % 10,
                    1 + random.nextInt(40)));
        }
        Files.writeString(data.resolve("orders.csv"), orders);
        StringBuilder stock = new StringBuilder("shop,shelf,amount\n");
        StringBuilder checks = new StringBuilder("shop,shelf,good\n");
        for (int i = 0; i < 60; i++) {
            stock.append(i / 6 + 501)
                    .append(',')
                    .append(i % 6 + 301)
                    .append(',')
                    .append(i * 3)
                    .append('\n');
            checks.append(i / 6 + 501).append(',').append(i % 6 + 301).append(i % 2 == 0 ? ",true\n" : ",false\n");
        }
        Files.writeString(data.resolve("stock.csv"), stock);
        Files.writeString(data.resolve("checks.csv"), checks);
        Files.writeString(folder.resolve("database.yaml"), """
                tables:
                  customers: {pkey: customer_id, time_col: null, columns: {city: categorical, name: text, height: numeric}}
                  orders: {pkey: order_id, time_col: placed_at, fkeys: {customer_id: customers}}
                  stock: {pkey: [shop, shelf], time_col: null}
                  checks: {pkey: null, time_col: null, fkeys: [{columns: [shop, shelf], table: stock}]}
                """);
        try (Database database = open(2)) {
            anonymous = Likeness.of(database, LabelUse.ANONYMOUS, Progress.silent());
            labelled = Likeness.of(database, LabelUse.TAKEN_OVER, Progress.silent());
            values = values(database);
        }
        try (Database database = open(1)) {
            byOneThread = Likeness.of(database, LabelUse.TAKEN_OVER, Progress.silent());
        }
    }

    /// Everything that is in a row, but for what is too short to mean anything.
    private static List<String> values(Database database) {
        List<String> values = new ArrayList<>();
        for (Table table : database.schema().tables()) {
            for (Column column : table.columns()) {
                values.addAll(database.store()
                        .query(
                                "SELECT DISTINCT CAST(" + Sql.id(column.name()) + " AS VARCHAR) AS v FROM "
                                        + Sql.id(table.name())
                                        + " WHERE length(v) > 3 AND v NOT IN ('true', 'false')",
                                row -> String.valueOf(row.getString(1))));
            }
        }
        return values;
    }

    private static Database open(int threads) {
        return Databases.open(new OpenRequest(
                data.toString(),
                Optional.of(folder.resolve("database.yaml")),
                folder.resolve("store" + threads + ".duckdb"),
                256L << 20,
                threads,
                Progress.silent()));
    }

    private static TablePlan table(Likeness likeness, String name) {
        return likeness.plan().tables().get(likeness.plan().indexOf(name));
    }

    private static ColumnPlan column(TablePlan table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tablesHaveTheirRowsColumnsAndShares() {
        TablePlan customers = table(anonymous, "customers");
        assertEquals(OptionalLong.of(200), customers.rows());
        assertEquals(Optional.of("customer_id"), customers.primaryKey());
        assertEquals(Optional.empty(), customers.timeColumn());
        assertEquals(ColumnPlan.categorical("city", 5).withNullShare(0), column(customers, "city"));
        assertEquals(ColumnPlan.of("name", FeatureKind.TEXT).withNullShare(0), column(customers, "name"));
        assertEquals(ColumnPlan.of("born", FeatureKind.DATE).withNullShare(0), column(customers, "born"));
        assertEquals(ColumnPlan.of("vip", FeatureKind.BOOLEAN).withNullShare(0), column(customers, "vip"));
        assertEquals(ColumnPlan.of("height", FeatureKind.NUMERIC).withNullShare(0.25), column(customers, "height"));
        TablePlan orders = table(anonymous, "orders");
        assertEquals(Optional.of("placed_at"), orders.timeColumn());
        assertEquals(List.of(ColumnPlan.of("items", FeatureKind.INTEGER).withNullShare(0)), orders.columns());
    }

    @Test
    void linksHaveTheirShares() {
        LinkPlan link = table(anonymous, "orders").foreignKeys().getFirst();
        assertEquals("customer_id", link.column());
        assertEquals("customers", link.parent());
        assertTrue(link.nullable());
        assertEquals(OptionalDouble.of(0.1), link.nullShare());
        assertEquals(0.25, link.childless().orElseThrow(), 0.03);
        assertTrue(link.skew().orElseThrow() > 5, link.toString());
    }

    @Test
    void timesAreKeptAsDays() {
        assertEquals(
                Optional.of(new TimeSpan(LocalDateTime.of(2024, 1, 1, 0, 0), LocalDateTime.of(2024, 10, 29, 0, 0))),
                anonymous.plan().span());
    }

    @Test
    void keysOfSeveralColumnsBecomeOne() {
        TablePlan stock = table(anonymous, "stock");
        assertEquals(Optional.of("shop_shelf"), stock.primaryKey());
        LinkPlan link = table(anonymous, "checks").foreignKeys().getFirst();
        assertEquals("shop_shelf", link.column());
        assertEquals("stock", link.parent());
        assertFalse(link.nullable());
        assertEquals(
                List.of("good"),
                table(anonymous, "checks").columns().stream()
                        .map(ColumnPlan::name)
                        .toList());
    }

    @Test
    void labelsAreTakenOverOnlyWhenAskedFor() {
        ColumnPlan city = column(table(labelled, "customers"), "city");
        assertEquals(CITIES.stream().sorted().toList(), city.labels());
        assertEquals(OptionalInt.empty(), city.classes());
    }

    @Test
    void noValueOfAnyRowIsInThePlan() {
        assertTrue(values.size() > 1500, values.size() + " values");
        for (String value : values) {
            assertFalse(anonymous.toString().contains(value), () -> value + " in " + anonymous);
        }
    }

    @Test
    void thePlanDoesNotDependOnThreads() {
        assertEquals(labelled, byOneThread);
    }
}
