package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.relata.cli.Cli.Ran;

/// Commands that read from and write to a running PostgreSQL, which all of them share.
class PostgresCommandsTest {
    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void aFitFromAServerScoresAsOneFromFiles() throws IOException, SQLException {
        Path data = SmallShop.write(folder);
        Path task = Files.writeString(folder.resolve("active.yaml"), SmallShop.task(""));
        load();
        String url = server.getJdbcUrl("postgres", "postgres") + "&password=unneeded";
        Ran fromServer = fit(url, task, "server");
        Ran fromFiles = fit(data.toString(), task, "files");
        assertEquals(fromFiles.json().get("metrics"), fromServer.json().get("metrics"));
        assertEquals(fromFiles.json().get("baselines"), fromServer.json().get("baselines"));
        assertEquals(fromFiles.json().get("features"), fromServer.json().get("features"));
        for (String file : List.of("config.yaml", "provenance.json", "report.html", "metrics.json")) {
            String text = Files.readString(folder.resolve("server").resolve(file));
            assertFalse(text.contains("unneeded"), file + " keeps no password");
        }
        Ran evaluated = Cli.run("evaluate", "--run", folder.resolve("server").toString(), "--json");
        assertEquals(0, evaluated.code(), evaluated.err());
        assertEquals(fromServer.json().at("/metrics/test"), evaluated.json().at("/metrics/test"));
    }

    private static final String SHOP = """
            CREATE TABLE customers (id INTEGER PRIMARY KEY, "since""d" DATE, vip BOOLEAN, name TEXT,
                referred_by INTEGER REFERENCES customers);
            CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers,
                total REAL, items INTEGER, placed_at TIMESTAMP NOT NULL);
            """;

    @Test
    void syntheticDatabasesAreSchemasOfAServer() throws IOException, SQLException {
        Path sql = Files.writeString(folder.resolve("shop.sql"), SHOP);
        Path config = Files.writeString(folder.resolve("small.yaml"), """
            database_params:
              num_rows_entity_table_choices: 60
              num_rows_activity_table_choices: 300
            """);
        String url = server.getJdbcUrl("postgres", "postgres") + "&password=unneeded";
        String[] command = {
            "synth",
            "--schema",
            sql.toString(),
            "--config",
            config.toString(),
            "--num-dbs",
            "2",
            "--db-prefix",
            "shop",
            "--out",
            folder.resolve("out").toString(),
            "--threads",
            "2",
            "--format",
            url
        };
        Ran drawn = Cli.run(command);
        assertEquals(0, drawn.code(), drawn.err());
        assertTrue(drawn.out().startsWith("2 databases written to jdbc:postgresql:"), drawn.out());
        assertFalse(drawn.out().contains("unneeded"), drawn.out());
        String[] files = command.clone();
        files[files.length - 1] = "csv";
        files[9 + 1] = folder.resolve("files").toString();
        assertEquals(0, Cli.run(files).code());
        for (String table : List.of("customers", "orders")) {
            List<String> written = Files.readAllLines(folder.resolve("files/shop-1/" + table + ".csv"));
            assertEquals(written, rows("shop-1", table), table);
        }

        execute("DROP SCHEMA \"shop-0\" CASCADE");
        Ran again = Cli.run(command);
        assertTrue(again.out().startsWith("1 database written"), again.out());
        assertTrue(again.out().contains("1 database there already"), again.out());

        Path out = folder.resolve("out/shop-1");
        Ran inspected = Cli.run(
                "inspect",
                url + "&currentSchema=shop-1",
                "--schema",
                out.resolve("database.yaml").toString(),
                "--json");
        assertEquals(0, inspected.code(), inspected.err());
        assertEquals("placed_at", inspected.json().at("/tables/1/time_column").asString());
        assertEquals(
                "customers",
                inspected.json().at("/tables/1/foreign_keys/0/table").asString());
        assertTrue(Files.exists(out.resolve("tasks/orders-items.yaml")));

        execute("CREATE SCHEMA \"mine-0\"", "CREATE TABLE \"mine-0\".kept (a INT)");
        command[6] = "1";
        command[8] = "mine";
        Ran refused = Cli.run(command);
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.error().contains("schema mine-0 in jdbc:postgresql:"), refused.err());
        assertFalse(refused.err().contains("unneeded"), refused.err());
    }

    @Test
    void aDatabaseThatDoesNotFitLeavesNothingOnTheServer() throws IOException, SQLException {
        String tooLong = "a".repeat(70);
        Path sql = Files.writeString(
                folder.resolve("long.sql"),
                "CREATE TABLE one (id INT PRIMARY KEY, x INT); CREATE TABLE two (id INT PRIMARY KEY, " + tooLong
                        + " INT);");
        Ran ran = Cli.run(
                "synth",
                "--schema",
                sql.toString(),
                "--out",
                folder.resolve("out").toString(),
                "--db-prefix",
                "long",
                "--format",
                server.getJdbcUrl("postgres", "postgres"));
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.error().contains(tooLong + ": the name is longer than PostgreSQL keeps"), ran.err());
        assertEquals(List.of("0"), query("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'long%'"));
        assertFalse(Files.exists(folder.resolve("out/long-0")));
    }

    /// A table as CSV, as DuckDB writes it.
    private static List<String> rows(String schema, String table) throws SQLException {
        List<String> columns = query("SELECT column_name FROM information_schema.columns WHERE table_schema = '"
                + schema + "' AND table_name = '" + table + "' ORDER BY ordinal_position");
        List<String> lines = new ArrayList<>(List.of(String.join(
                ",",
                columns.stream()
                        .map(c -> c.contains("\"") ? "\"since\"\"d\"" : c)
                        .toList())));
        lines.addAll(query("SELECT concat_ws(',', "
                + String.join(
                        ", ",
                        columns.stream()
                                .map(c -> "coalesce(\"" + c.replace("\"", "\"\"") + "\"::text, '')")
                                .toList())
                + ") FROM \"" + schema + "\"." + table + " ORDER BY id"));
        return lines;
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static void execute(String... sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    private Ran fit(String source, Path task, String out) {
        Ran ran = Cli.run(
                "fit",
                source,
                "--task",
                task.toString(),
                "--depth",
                "1",
                "--budget",
                "10m", // enough for every candidate: what time cuts short differs from run to run
                "--candidates",
                "3",
                "--regime",
                "rolling",
                "--threads",
                "1",
                "--out",
                folder.resolve(out).toString(),
                "--json");
        assertEquals(0, ran.code(), ran.err());
        return ran;
    }

    private static void load() throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customers (id INT PRIMARY KEY, city TEXT, joined DATE)");
            statement.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id INT REFERENCES customers(id),"
                    + " amount NUMERIC(8,1), ordered_at TIMESTAMP)");
            copy(connection, "customers", SmallShop.customers());
            copy(connection, "orders", SmallShop.orders());
        }
    }

    private static void copy(Connection connection, String table, List<String> lines) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "COPY " + table + " FROM STDIN (FORMAT csv, HEADER true)",
                        new StringReader(String.join("\n", lines) + "\n"));
    }
}
