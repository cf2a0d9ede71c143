package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.relbench.RelBenchWriter;

/// RelBench folders, read in both versions and written in both at once.
final class RelBenchTest {
    @TempDir
    Path folder;

    /// All rows of the columns that are no keys, and of the links, in storage order.
    private static List<String> rows(Database database, Table table) {
        List<String> values = new java.util.ArrayList<>();
        table.featureColumns().forEach(c -> values.add("CAST(" + Sql.id(c.name()) + " AS VARCHAR)"));
        for (int i = 0; i < table.foreignKeys().size(); i++) {
            values.add("CAST(" + Database.foreignKeyColumn(i) + " AS VARCHAR)");
        }
        String all = values.isEmpty()
                ? "'-'"
                : values.stream().map(v -> "coalesce(" + v + ", '∅')").collect(Collectors.joining(" || '|' || "));
        return database.store()
                .query(
                        "SELECT " + all + " FROM " + Sql.id(table.name()) + " ORDER BY __row",
                        row -> String.valueOf(row.getString(1)));
    }

    private static void assertSame(Database expected, Database actual) {
        assertEquals(expected.schema(), actual.schema());
        for (Table table : expected.schema().tables()) {
            assertEquals(rows(expected, table), rows(actual, table), table.name());
        }
    }

    private Path rich() throws SQLException {
        Path file = folder.resolve("rich.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE \"Straße\" (name VARCHAR PRIMARY KEY, \"select\" VARCHAR, zip VARCHAR)");
            sql.execute(
                    "INSERT INTO \"Straße\" VALUES ('b', 'x', '2024-01-01'), ('a', 'y', '007'), ('c d', NULL, '9')");
            sql.execute(
                    "CREATE TABLE stop (line INT, nr INT, \"at\" TIMESTAMP, street VARCHAR REFERENCES \"Straße\"(name), "
                            + "tags VARCHAR[], v FLOAT[2], flag BOOLEAN, big HUGEINT, PRIMARY KEY (line, nr))");
            sql.execute(
                    "INSERT INTO stop VALUES (1, 2, '2024-01-02 03:04:05.123456', 'a', ['p', 'q'], [1, 2.5], true, 5), "
                            + "(1, 1, '1895-01-01', 'c d', [], [0, 1], NULL, NULL), (7, 1, NULL, NULL, NULL, NULL, false, 1)");
            sql.execute("CREATE TABLE ride (id UUID PRIMARY KEY, from_line INT, from_nr INT, \"at\" TIMESTAMPTZ, "
                    + "before UUID REFERENCES ride(id), FOREIGN KEY (from_line, from_nr) REFERENCES stop(line, nr))");
            sql.execute(
                    "INSERT INTO ride VALUES ('00000000-0000-0000-0000-000000000002', 1, 1, '2024-02-01 00:00:00+02', "
                            + "NULL)");
            sql.execute(
                    "INSERT INTO ride VALUES ('00000000-0000-0000-0000-000000000001', 7, 1, '2024-01-01 00:00:00Z', "
                            + "'00000000-0000-0000-0000-000000000002'), ('00000000-0000-0000-0000-000000000009', 1, NULL, "
                            + "'2024-03-01 00:00:00Z', NULL)");
            // One column that is both the key and a link.
            sql.execute("CREATE TABLE fare (ride_id UUID PRIMARY KEY REFERENCES ride(id), amount DECIMAL(10,2))");
            sql.execute("INSERT INTO fare VALUES ('00000000-0000-0000-0000-000000000001', 2.50)");
            sql.execute("CREATE TABLE nothing (id INT PRIMARY KEY, x VARCHAR)");
        }
        return file;
    }

    @Test
    void writtenAndReadAgainADatabaseIsEqual() throws SQLException, IOException {
        Path schema = Opening.write(
                folder.resolve("d.yaml"), "val_timestamp: '2024-01-15'\ntest_timestamp: '2024-02-01 12:30:00'\n");
        Path out = folder.resolve("out");
        try (Database first = Opening.open(rich(), schema, folder.resolve("1"))) {
            // Times with a zone are brought to UTC.
            assertEquals(
                    List.of("2024-01-01 00:00:00", "2024-01-31 22:00:00", "2024-03-01 00:00:00"),
                    Opening.column(first, "ride", "at"));
            RelBenchWriter.write(first, out);
            assertFalse(Files.exists(folder.resolve("out.partial")));
            try (Database second = Opening.open(out, folder.resolve("2"))) {
                assertSame(first, second);
                RelBenchWriter.write(second, folder.resolve("again"));
                try (Database third = Opening.open(folder.resolve("again"), folder.resolve("3"))) {
                    assertSame(second, third);
                    assertEquals(second.fingerprint(), third.fingerprint());
                }
            }
            // The manifest goes before what is inside the files, but says nothing else.
            Files.delete(out.resolve("manifest.yaml"));
            try (Database version1 = Opening.open(out, folder.resolve("4"))) {
                assertEquals(first.schema().tables(), version1.schema().tables());
                assertEquals(Optional.empty(), version1.schema().testTime());
            }
        }
    }

    @Test
    void theManifestIsThatOfTheSpecification() throws SQLException, IOException {
        Path out = folder.resolve("out");
        try (Database database = Opening.open(rich(), folder.resolve("1"))) {
            RelBenchWriter.write(database, out);
        }
        assertEquals("""
                name: rich
                manifest_version: 1
                val_timestamp: null
                test_timestamp: null
                tables:
                  Straße:
                    pkey: name
                    time_col: null
                    fkeys: {}
                  fare:
                    pkey: ride_id
                    time_col: null
                    fkeys:
                      ride_id__ride: ride
                  nothing:
                    pkey: id
                    time_col: null
                    fkeys: {}
                  ride:
                    pkey: id
                    time_col: at
                    fkeys:
                      before: ride
                      from_line_from_nr__stop: stop
                  stop:
                    pkey: __row
                    time_col: null
                    fkeys:
                      street: Straße
                """, Files.readString(out.resolve("manifest.yaml")));
        Opening.fails("relbench.exists", () -> {
            try (Database database = Opening.open(out, folder.resolve("2"))) {
                RelBenchWriter.write(database, out);
            }
        });
    }

    /// A folder as other tools write it, with the keys of version 1 inside the files, and with a manifest beside them.
    private Path foreign(boolean manifest) throws SQLException, IOException {
        Path root = folder.resolve(manifest ? "v3" : "v1");
        Files.createDirectories(root.resolve("db"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("COPY (SELECT * FROM (VALUES (0, 'Ann'), (1, 'Bob')) t(customer_id, name)) TO '"
                    + root.resolve("db/customers.parquet")
                    + "' (FORMAT parquet, KV_METADATA {pkey_col: '\"customer_id\"', "
                    + "time_col: 'null', fkey_col_to_pkey_table: '{}', pandas: '{}'})");
            sql.execute("COPY (SELECT * FROM (VALUES (0, 1.0, 'NaN'::DOUBLE, TIMESTAMP_NS '2024-01-01 00:00:00'), "
                    + "(1, 'NaN'::DOUBLE, 3, TIMESTAMP_NS '2024-02-01 00:00:00')) "
                    + "t(order_id, customer_id, amount, placed_at)) TO '" + root.resolve("db/orders.parquet")
                    + "' (FORMAT parquet, KV_METADATA {pkey_col: '\"order_id\"', time_col: '\"placed_at\"', "
                    + "fkey_col_to_pkey_table: '{\"customer_id\": \"customers\"}'})");
        }
        if (manifest) {
            Opening.write(root.resolve("manifest.yaml"), """
                    name: v1
                    manifest_version: 1
                    licence: of no interest
                    val_timestamp: null
                    test_timestamp: null
                    tables:
                      customers: {pkey: customer_id, time_col: null, fkeys: {}}
                      orders:
                        pkey: order_id
                        time_col: placed_at
                        fkeys:
                          customer_id: customers
                    """);
        }
        return root;
    }

    @Test
    void bothVersionsOfTheSameDataLoadToEqualDatabases() throws SQLException, IOException {
        try (Database one = Opening.open(foreign(false), folder.resolve("1"));
                Database three = Opening.open(foreign(true), folder.resolve("3"));
                Database bare = Opening.open(folder.resolve("v1/db"), folder.resolve("b"))) {
            assertSame(one, three);
            assertEquals(one.schema().tables(), bare.schema().tables());
            assertEquals(one.fingerprint(), three.fingerprint());
            Table orders = one.schema().require("orders");
            assertEquals(List.of(new ForeignKey(List.of("customer_id"), "customers")), orders.foreignKeys());
            assertEquals(List.of("1", "null"), Opening.column(one, "orders", "__fk0"));
            assertEquals(List.of("null", "3.0"), Opening.column(one, "orders", "amount"));
            assertTrue(one.issues().isEmpty(), () -> "" + one.issues());
        }
    }

    @Test
    void refusesAManifestThatDoesNotFit() throws SQLException, IOException {
        Path root = foreign(true);
        Path manifest = root.resolve("manifest.yaml");
        String good = Files.readString(manifest);
        Files.writeString(manifest, good.replace("customer_id: customers", "customer_id: clients"));
        Opening.fails("link.target", () -> Opening.open(root, folder), "clients", "customers");
        Files.writeString(manifest, good.replace("pkey: order_id", "pkey: ordr_id"));
        Opening.fails("column.unknown", () -> Opening.open(root, folder), "ordr_id", "did you mean order_id");
        Files.writeString(manifest, good.replace("time_col: placed_at", "time_col: placed"));
        Opening.fails("column.unknown", () -> Opening.open(root, folder), "placed");
        Files.writeString(manifest, good);
        Files.delete(root.resolve("db/customers.parquet"));
        Opening.fails("source.missing", () -> Opening.open(root, folder), "customers.parquet");
    }

    @Test
    void refusesKeysOfVersion3ThatAreNotRowNumbers() throws SQLException, IOException {
        Path root = foreign(true);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("COPY (SELECT * FROM (VALUES (1, 'Ann'), (0, 'Bob')) t(customer_id, name)) TO '"
                    + root.resolve("db/customers.parquet") + "' (FORMAT parquet)");
        }
        Opening.fails("relbench.key", () -> Opening.open(root, folder), "customers", "customer_id", "2 of 2");
    }

    @Test
    void theFingerprintFollowsTheValues() {
        Opening.write(folder.resolve("d/t.csv"), "t_id,x\n1,a\n2,b\n");
        Opening.write(folder.resolve("e/t.csv"), "t_id,x\n2,b\n1,a\n");
        Opening.write(folder.resolve("f/t.csv"), "t_id,x\n1,a\n2,c\n");
        try (Database d = Opening.open(folder.resolve("d"), folder.resolve("1"));
                Database e = Opening.open(folder.resolve("e"), folder.resolve("2"));
                Database f = Opening.open(folder.resolve("f"), folder.resolve("3"))) {
            assertEquals(64, d.fingerprint().length());
            assertEquals(d.fingerprint(), e.fingerprint());
            assertNotEquals(d.fingerprint(), f.fingerprint());
        }
    }
}
