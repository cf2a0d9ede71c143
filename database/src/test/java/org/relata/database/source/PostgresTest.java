package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Table;

/// A running PostgreSQL server, started from the binaries that the build downloads.
final class PostgresTest {
    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().start();
        run(
                "postgres",
                "CREATE ROLE ann LOGIN PASSWORD 'topsecret'",
                "CREATE DATABASE shop",
                "CREATE DATABASE empty",
                "CREATE DATABASE north");
        askForPasswords();
        run(
                "shop",
                "CREATE TABLE customer (id INT PRIMARY KEY, email TEXT UNIQUE, \"since\" DATE)",
                "CREATE TABLE \"order\" (region TEXT, nr INT, customer_id INT REFERENCES customer(id), "
                        + "placed TIMESTAMPTZ, paid BOOLEAN, amount NUMERIC(10,2), tags TEXT[], place FLOAT8[], "
                        + "note JSONB, scan BYTEA, PRIMARY KEY (region, nr))",
                "CREATE TABLE line (nr INT, region TEXT, email TEXT REFERENCES customer(email), quantity BIGINT, "
                        + "at TIMESTAMP, FOREIGN KEY (nr, region) REFERENCES \"order\"(nr, region))",
                "INSERT INTO customer SELECT i, 'c' || i || '@example.org', DATE '2020-01-01' + i FROM generate_series(1, 9) i",
                "INSERT INTO \"order\" SELECT CASE WHEN i % 2 = 0 THEN 'n' ELSE 's' END, i, CASE WHEN i % 10 > 0 THEN i % 10 "
                        + "END, TIMESTAMPTZ '2024-01-01 00:00:00+02' + (100 - i) * INTERVAL '1 day', i % 3 = 0, i * 1.25, "
                        + "ARRAY['a', 'b'], ARRAY[i, 0.5], '{\"k\": 1}', '\\x00' FROM generate_series(1, 100) i",
                "INSERT INTO line SELECT i % 100 + 1, CASE WHEN i % 2 = 1 THEN 'n' ELSE 's' END, 'c1@example.org', i, "
                        + "TIMESTAMP '2024-01-01' + i * INTERVAL '1 minute' FROM generate_series(1, 45000) i",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO ann");
    }

    /// The server lets everyone in as it starts; from here on `ann` needs her password.
    private static void askForPasswords() throws SQLException {
        try (Connection connection = server.getDatabase("postgres", "postgres").getConnection();
                Statement statement = connection.createStatement()) {
            String file;
            try (var rows = statement.executeQuery("SHOW hba_file")) {
                rows.next();
                file = rows.getString(1);
            }
            statement.execute("COPY (SELECT unnest(ARRAY['host all ann all scram-sha-256', 'host all all all trust', "
                    + "'local all all trust'])) TO '" + file.replace("'", "''") + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static void run(String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String url(String database, String more) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database + more;
    }

    @Test
    void copiesTablesWithTheirTypesAndDeclaredKeys() {
        List<String> notes = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void begin(String stage, long total) {}

            @Override
            public void done(long steps) {}

            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
        OpenRequest request = new OpenRequest(
                url("shop", "?user=ann&password=topsecret"),
                Optional.empty(),
                folder.resolve("store.duckdb"),
                512L << 20,
                2,
                progress);
        try (Database database = Databases.open(request)) {
            assertEquals("shop", database.schema().name());
            Table order = database.schema().require("order");
            assertEquals(List.of("region", "nr"), order.primaryKey());
            assertEquals(Optional.of("placed"), order.timeColumn());
            assertEquals(List.of(new ForeignKey(List.of("customer_id"), "customer")), order.foreignKeys());
            assertEquals(ColumnKind.BOOLEAN, order.column("paid").orElseThrow().kind());
            assertEquals(
                    ColumnKind.NUMERIC, order.column("amount").orElseThrow().kind());
            assertEquals(
                    ColumnKind.MULTI_CATEGORICAL,
                    order.column("tags").orElseThrow().kind());
            assertEquals(ColumnKind.VECTOR, order.column("place").orElseThrow().kind());
            assertTrue(order.column("scan").isEmpty());
            assertEquals("100", Opening.column(database, "order", "nr").getFirst());
            assertEquals(
                    "2023-12-31 22:00:00",
                    Opening.column(database, "order", "placed").getFirst());
            Table line = database.schema().require("line");
            // One key names its columns in another order, the other points to a unique column that is no primary key.
            assertEquals(
                    List.of(
                            new ForeignKey(List.of("email"), "customer"),
                            new ForeignKey(List.of("region", "nr"), "order")),
                    line.foreignKeys().stream()
                            .sorted(java.util.Comparator.comparing(ForeignKey::targetTable))
                            .toList());
            assertEquals(45000, database.rows("line"));
            assertEquals(0, database.store().count("SELECT count(*) FROM line WHERE __fk0 IS NULL OR __fk1 IS NULL"));
        }
        assertTrue(notes.stream().anyMatch(n -> n.startsWith("copied line: 45,000 rows")), () -> "" + notes);
    }

    @Test
    void theSameTablesFromCsvAreTheSame() throws SQLException, IOException {
        Path script = Opening.shared("data/ddl").resolve("northwind_postgres_with_data.sql.gz");
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(script))) {
            run("north", new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        }
        Path data = folder.resolve("csv");
        Files.createDirectories(data);
        List<String> tables = List.of("orders", "order_details", "customers", "products", "employee_territories");
        for (String table : tables) {
            export(table, data.resolve(table + ".csv"));
        }
        Path schema = Opening.write(folder.resolve("north.yaml"), """
                name: north
                tables:
                  customers: {columns: [customer_id, company_name, city, country]}
                  products: {columns: [product_id, product_name, unit_price, discontinued]}
                  orders:
                    fkeys: {customer_id: customers}
                    columns: [order_id, customer_id, order_date, freight, ship_country]
                  order_details:
                    pkey: [order_id, product_id]
                    fkeys: {order_id: orders, product_id: products}
                """);
        try (Database server = Opening.open(url("north", "?user=postgres"), schema, folder.resolve("1"));
                Database files = Opening.open(data, schema, folder.resolve("2"))) {
            assertEquals(files.schema(), server.schema());
            assertEquals(files.fingerprint(), server.fingerprint());
            assertEquals(
                    Optional.of("order_date"), server.schema().require("orders").timeColumn());
            assertEquals(2155, server.rows("order_details"));
        }
    }

    private static void export(String table, Path file) {
        try (Connection connection = server.getDatabase("postgres", "north").getConnection();
                var out = Files.newOutputStream(file)) {
            new org.postgresql.copy.CopyManager(connection.unwrap(org.postgresql.core.BaseConnection.class))
                    .copyOut("COPY " + table + " TO STDOUT (FORMAT csv, HEADER)", out);
        } catch (SQLException | IOException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Test
    void wrongAddressesAreToldApart() throws SQLException {
        RelataException wrong = Opening.fails(
                "source.database",
                () -> Opening.open(url("nosuch", "?user=postgres"), folder),
                "no such database",
                "nosuch");
        assertFalse(wrong.getMessage().contains("password"));
        Opening.fails("source.empty", () -> Opening.open(url("empty", "?user=postgres"), folder), "no table");
        RelataException role = Opening.fails(
                "source.login",
                () -> Opening.open(url("shop", "?user=ann&password=wrongone"), folder),
                "user or password",
                "PGPASSWORD");
        assertFalse(role.getMessage().contains("wrongone"));
    }
}
