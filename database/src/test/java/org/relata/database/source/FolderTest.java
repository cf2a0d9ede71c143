package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Table;
import org.relata.database.config.DatabaseConfig;
import org.relata.database.config.DatabaseFileWriter;

/// Folders of CSV files, with and without a `database.yaml`.
final class FolderTest {
    @TempDir
    Path folder;

    private void shop() {
        Opening.write(
                folder.resolve("data/customers.csv"),
                "customer_id,name,born\n10,Ann,1980-01-01\n20,Bob,1970-02-03\n30,Cid,1990-05-06\n");
        Opening.write(
                folder.resolve("data/orders.csv"),
                "order_id,customer_id,placed_at,amount\n"
                        + "1,20,2024-03-01 10:00:00,5.5\n2,10,2024-01-01 09:00:00,7\n3,,2024-02-01 00:00:00,1\n"
                        + "4,99,2024-02-01 00:00:00,2\n");
    }

    @Test
    void storesRowsByTimeAndLinksThemByRowNumber() {
        shop();
        try (Database database = Opening.open(folder.resolve("data"), folder)) {
            Table orders = database.schema().require("orders");
            assertEquals(List.of("order_id"), orders.primaryKey());
            assertEquals(Optional.of("placed_at"), orders.timeColumn());
            assertEquals(List.of(new ForeignKey(List.of("customer_id"), "customers")), orders.foreignKeys());
            assertEquals(List.of("2", "3", "4", "1"), Opening.column(database, "orders", "order_id"));
            assertEquals(List.of("0", "1", "2", "3"), Opening.column(database, "orders", "__row"));
            assertEquals(List.of("0", "null", "null", "1"), Opening.column(database, "orders", "__fk0"));
            assertEquals(
                    Optional.empty(), database.schema().require("customers").timeColumn());
            assertEquals(4, database.rows("orders"));
            assertEquals("data", database.schema().name());
        }
        assertTrue(Files.exists(folder.resolve("store.duckdb")));
        assertFalse(Files.exists(folder.resolve("store.duckdb.raw")));
        assertFalse(Files.exists(folder.resolve("store.duckdb.partial")));
    }

    @Test
    void tablesCanBeSqlOverRawTables() {
        shop();
        Path schema = Opening.write(folder.resolve("database.yaml"), """
                name: corner-shop
                val_timestamp: '2024-02-01'
                test_timestamp: 2024-03-01 00:00:00
                tables:
                  customers:
                    pkey: customer_id
                    time_col: null
                    drop: [born]
                    columns: {name: text}
                  orders:
                    sql: SELECT order_id, customer_id, placed_at, amount * 2 AS doubled FROM orders WHERE amount > 1;
                    pkey: order_id
                    time_col: placed_at
                    fkeys: {customer_id: customers}
                """);
        try (Database database = Opening.open(folder.resolve("data"), schema, folder)) {
            assertEquals("corner-shop", database.schema().name());
            assertEquals(
                    "2024-03-01T00:00",
                    database.schema().testTime().orElseThrow().toString());
            assertEquals(List.of("14.0", "4.0", "11.0"), Opening.column(database, "orders", "doubled"));
            assertEquals(List.of("0", "null", "1"), Opening.column(database, "orders", "__fk0"));
            Table customers = database.schema().require("customers");
            assertEquals(2, customers.columns().size());
            assertEquals(ColumnKind.TEXT, customers.column("name").orElseThrow().kind());
        }
    }

    @Test
    void readsFormulaOneAsItLies() {
        Path data = Opening.shared("data/f1");
        try (Database database = Opening.open(data, folder)) {
            Table results = database.schema().require("results");
            assertEquals(List.of("resultId"), results.primaryKey());
            assertEquals(
                    List.of("races", "drivers", "constructors", "status"),
                    results.foreignKeys().stream().map(ForeignKey::targetTable).toList());
            assertEquals(25860, database.rows("results"));
            assertEquals(33902, database.rows("driver_standings"));
            assertEquals(Optional.of("date"), database.schema().require("races").timeColumn());
            // Dates of birth do not date a driver's row.
            assertEquals(Optional.empty(), database.schema().require("drivers").timeColumn());
            assertEquals(
                    ColumnKind.NUMERIC, results.column("grid").orElseThrow().kind());
            assertEquals(0, database.store().count("SELECT count(*) FROM results WHERE __fk0 IS NULL"));
        }
    }

    @Test
    void theWrittenFileOpensTheSameDatabase() {
        Path data = Opening.shared("data/f1");
        try (Database first = Opening.open(data, folder.resolve("1"))) {
            String text = DatabaseFileWriter.text(DatabaseConfig.of(first), first.inferences());
            assertTrue(text.contains("time_col: date  # every row has one, from 1950-05-13"), text);
            Path schema = Opening.write(folder.resolve("written.yaml"), text);
            try (Database second = Opening.open(data, schema, folder.resolve("2"))) {
                assertEquals(first.schema(), second.schema());
                assertEquals(first.fingerprint(), second.fingerprint());
            }
        }
    }

    @Test
    void listsInTextAreFoundAndSplitAgainByTheWrittenFile() {
        StringBuilder text = new StringBuilder("film_id,genres,title\n");
        for (int i = 0; i < 60; i++) {
            text.append(i).append(i % 2 == 0 ? ",drama; war" : ",comedy").append(i % 3 == 0 ? ";love" : "");
            text.append(",Film number ").append(i).append("\n");
        }
        Opening.write(folder.resolve("data/films.csv"), text.toString());
        Database first = Opening.open(folder.resolve("data"), folder.resolve("1"));
        try (first) {
            Table films = first.schema().require("films");
            // Few combinations repeat often, so they are one category each unless the file says otherwise.
            assertEquals(
                    ColumnKind.CATEGORICAL, films.column("genres").orElseThrow().kind());
            assertEquals(ColumnKind.TEXT, films.column("title").orElseThrow().kind());
        }
        Path schema = Opening.write(
                folder.resolve("s.yaml"), "tables: {films: {pkey: film_id, columns: {genres: multi-categorical}}}");
        try (Database second = Opening.open(folder.resolve("data"), schema, folder.resolve("2"))) {
            assertEquals(
                    "[drama, war, love]",
                    Opening.column(second, "films", "genres").getFirst());
        }
    }

    @Test
    void linksAgreeWithAPlainLookUpWhateverTheKeys() {
        Random random = new Random(7);
        for (int round = 0; round < 4; round++) {
            boolean text = round % 2 == 1;
            List<String> keys = new ArrayList<>();
            StringBuilder parents = new StringBuilder("parent_id,made\n");
            while (keys.size() < 40) {
                String key = (text ? "k-" : "") + random.nextInt(1000);
                if (!keys.contains(key)) {
                    keys.add(key);
                    parents.append(key)
                            .append(",2024-01-0")
                            .append(1 + random.nextInt(9))
                            .append('\n');
                }
            }
            StringBuilder children = new StringBuilder("child_id,parent_id\n");
            for (int i = 0; i < 200; i++) {
                int pick = random.nextInt(50);
                children.append(i)
                        .append(',')
                        .append(pick < 40 ? keys.get(pick) : pick < 45 ? "" : (text ? "z" : "-5"));
                children.append('\n');
            }
            Path data = folder.resolve("r" + round);
            Opening.write(data.resolve("parent.csv"), parents.toString());
            Opening.write(data.resolve("child.csv"), children.toString());
            try (Database database = Opening.open(data, folder.resolve("s" + round))) {
                List<String> stored = Opening.column(database, "parent", "parent_id");
                List<String> of = Opening.column(database, "child", "parent_id");
                List<String> rows = Opening.column(database, "child", "__fk0");
                for (int i = 0; i < of.size(); i++) {
                    int expected = stored.indexOf(of.get(i));
                    assertEquals(expected < 0 ? "null" : String.valueOf(expected), rows.get(i));
                }
                List<String> made = Opening.column(database, "parent", "made");
                assertEquals(made.stream().sorted().toList(), made);
            }
        }
    }
}
