package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Table;

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
}
