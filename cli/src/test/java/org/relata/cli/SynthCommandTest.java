package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.JsonNode;

class SynthCommandTest {
    @TempDir
    private Path folder;

    private String config = "";
    private String out = "";

    @BeforeEach
    void smallDatabases() throws IOException {
        config = write("small.yaml", """
            database_params:
              num_tables_choices: 2
              num_cols_choices: {range: [3, 4]}
              num_rows_entity_table_choices: {range: [40, 80]}
              num_rows_activity_table_choices: {range: [100, 200]}
            """);
        out = folder.resolve("out").toString();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void databasesAreDrawnFoundAgainAndInspected() {
        JsonNode first = Cli.run(
                        "synth", "--config", config, "--num-dbs", "3", "--out", out, "--threads", "2", "--json")
                .json();
        assertEquals(3, first.get("databases").size());
        assertTrue(first.at("/databases/2/written").booleanValue());
        JsonNode again = Cli.run("synth", "--config", config, "--num-dbs", "3", "--out", out, "--json")
                .json();
        assertFalse(again.at("/databases/2/written").booleanValue());
        Ran inspected = Cli.run("inspect", folder.resolve("out/plurel-1").toString());
        assertEquals(0, inspected.code(), inspected.err());
        assertTrue(inspected.out().contains("Nothing wrong was found in the data."), inspected.out());
    }

    @Test
    void oneFailureDoesNotStopTheOthers() throws IOException {
        Files.createDirectories(folder.resolve("out/plurel-1"));
        Files.writeString(folder.resolve("out/plurel-1/mine.txt"), "kept");
        Ran ran = Cli.run("synth", "--config", config, "--num-dbs", "3", "--out", out, "--quiet");
        assertEquals(1, ran.code());
        assertTrue(ran.err().contains("plurel-1: ") && ran.err().contains("1 database of 3 failed"), ran.err());
        assertTrue(Files.exists(folder.resolve("out/plurel-2/synth.json")));
        assertEquals("kept", Files.readString(folder.resolve("out/plurel-1/mine.txt")));
    }

    @Test
    void aSchemaFileGivesItsTables() throws IOException {
        String sql = write("shop.sql", """
            CREATE TABLE users (id INTEGER PRIMARY KEY, status TEXT CHECK (status IN ('New', 'Old')));
            CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INT REFERENCES users (id), amount DOUBLE PRECISION,
                placed_at TIMESTAMP NOT NULL);
            """);
        Ran ran = Cli.run("synth", "--schema", sql, "--format", "csv", "--config", config, "--out", out);
        assertEquals(0, ran.code(), ran.err());
        assertTrue(Files.exists(folder.resolve("out/plurel-0/orders.csv")));
        Ran alike = Cli.run(
                "synth",
                "--like",
                folder.resolve("out/plurel-0").toString(),
                "--out",
                out,
                "--db-prefix",
                "alike",
                "-q");
        assertEquals(0, alike.code(), alike.err());
        assertTrue(Files.exists(folder.resolve("out/alike-0/db/orders.parquet")));
    }

    @Test
    void schemasAreDescribedWithoutBeingDrawn() {
        JsonNode json = Cli.run("synth", "--describe", "--num-dbs", "50", "--out", out, "--json")
                .json();
        assertEquals(50, json.get("databases").intValue());
        assertTrue(json.at("/tables/mean").doubleValue() > 3);
        assertTrue(Cli.run("synth", "--describe").out().contains("foreign keys of a table"));
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aTwinDiffersInWhatTheHeldColumnInfluences() throws IOException {
        String sql = write("shop.sql", """
            CREATE TABLE users (id INTEGER PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('New', 'Old')), age INT);
            CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INT REFERENCES users (id), amount DOUBLE PRECISION,
                placed_at TIMESTAMP NOT NULL);
            """);
        draw(0, "as-it-is", "--schema", sql);
        draw(0, "twin", "--schema", sql, "--do", "orders.amount=7.5", "--do", "users.status=Old");
        List<String> users = Files.readAllLines(folder.resolve("out/twin-0/users.csv"));
        assertTrue(users.stream().skip(1).allMatch(row -> row.split(",")[1].equals("Old")), users.toString());
        List<String> before = Files.readAllLines(folder.resolve("out/as-it-is-0/orders.csv"));
        List<String> after = Files.readAllLines(folder.resolve("out/twin-0/orders.csv"));
        assertEquals(
                before.stream().map(r -> r.replaceAll("[^,]*,([^,]*)$", "$1")).toList(),
                after.stream().map(r -> r.replaceAll("[^,]*,([^,]*)$", "$1")).toList(),
                "keys and times are the same");
        assertTrue(after.get(1).contains(",7.5,"), after.get(1));
        String manifest = Files.readString(folder.resolve("out/twin-0/synth.json"));
        assertTrue(manifest.contains("\"do\" : [ \"orders.amount=7.5\", \"users.status=Old\" ]"), manifest);
        refused(
                "something else is there",
                "--schema",
                sql,
                "--db-prefix",
                "twin",
                "--format",
                "csv",
                "--config",
                config);
        refused("no table user; did you mean users?", "--schema", sql, "--do", "user.age=3");
        refused("users has no column agge; did you mean age?", "--schema", sql, "--do", "users.agge=3");
        refused("holds whole numbers", "--schema", sql, "--do", "users.age=3.5");
        refused("no label Olt; did you mean Old?", "--schema", sql, "--do", "users.status=Olt");
        refused("is a key", "--schema", sql, "--do", "orders.user_id=1");
        refused("dates rows", "--schema", sql, "--do", "orders.placed_at=2024-01-01");
    }

    private Ran draw(int code, String prefix, String... options) {
        List<String> args = new ArrayList<>(List.of("synth", "--config", config, "--out", out, "--db-prefix", prefix));
        args.addAll(List.of("--format", "csv", "--threads", "1"));
        args.addAll(List.of(options));
        Ran ran = Cli.run(args.toArray(String[]::new));
        assertEquals(code, ran.code(), ran.err());
        return ran;
    }

    @Test
    void whatIsNotDrawnIsRefusedOrLeftOut() throws IOException {
        String sql = write("odd.sql", """
            CREATE TABLE users (id INTEGER PRIMARY KEY, age INT, extra JSON, photo BLOB, tags INTEGER[]);
            """);
        refused("odd.sql, line 1, column 60: users.extra has type json", "--schema", sql);
        refused("did you mean leave-out?", "--schema", sql, "--unmodelled", "leaveout");
        refused("--unmodelled leave-out", "--schema", sql);
        Ran ran = draw(0, "odd", "--schema", sql, "--unmodelled", "leave-out");
        assertTrue(
                ran.err().contains("note: users.extra has type json, which is not drawn; it is left out"), ran.err());
        assertEquals(
                "id,age",
                Files.readAllLines(folder.resolve("out/odd-0/users.csv")).getFirst());
    }

    @Test
    void theQuirksOfTheReferenceAreKeptWhenAskedFor() throws IOException {
        draw(0, "plain");
        draw(0, "parity", "--parity", "reference");
        assertTrue(Files.readString(folder.resolve("out/parity-0/synth.json")).contains("\"parity\" : true"));
        assertTrue(Files.readString(folder.resolve("out/plain-0/synth.json")).contains("\"parity\" : false"));
        refused("write --parity reference", "--parity", "v2");
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        refused("did you mean activation_choices?", "scm_params: {activation_choises: relu}");
        refused(
                "mlp_num_layers_choices, range [4, 2]: its low end is above",
                "scm_params: {mlp_num_layers_choices: {range: [4, 2]}}");
        refused("activation_choices: the set is empty", "scm_params: {activation_choices: {set: []}}");
        refused("did you mean relu?", "scm_params: {activation_choices: rellu}");
        refused("val_split 0.95 is after test_split 0.9", "val_split: 0.95");
        refused("min_timestamp", "database_params: {min_timestamp: 2030-01-01}");
        refused("12 is no multiple of 8", "scm_params: {mlp_emb_dim: 12}");
        refused("planted_tasks", "planted_tasks: 90");
        refused("10001 is not between 1 and 10000", "database_params: {num_tables_choices: 10001}");
        refused(
                "the graph of 900 tables has 37",
                "database_params: {num_tables_choices: 900, table_layout_choices: ErdosRenyi}");
        refused("did you mean parquet?", "--format", "parkuet");
        refused("write postgresql://user@host/database", "--format", "postgres");
        refused("write postgresql://user@host/database", "--format", "mysql://host/shop");
        refused("there is no such preset", "--preset", "v9");
        refused("give 1 or more", "--num-dbs", "0");
        refused("names of folders cannot start with it", "--db-prefix", "../up");
        refused("missing.sql", "--schema", folder.resolve("missing.sql").toString());
        refused("mutually exclusive", "--schema", "a.sql", "--like", "b");
        refused(
                "wrong.sql, line 2, column 37: table a has no column c",
                "--schema",
                write("wrong.sql", "-- a shop\nCREATE TABLE a (b INT, FOREIGN KEY (c, d) REFERENCES x (c, d));"));
        Files.createDirectories(folder.resolve("out/plurel-0"));
        Files.writeString(folder.resolve("out/plurel-0/mine.txt"), "kept");
        refused("something else is there", "--config", config);
        out = write("a-file", "not a folder");
        refused("cannot be made", "--config", config);
    }

    private void refused(String named, String parameters) throws IOException {
        refused(named, "--config", write("wrong.yaml", parameters));
    }

    /// Drawing their rows takes some 25 ms of a processor a table, too long for a test.
    @Test
    void tenThousandTablesAreNotTooMany() throws IOException {
        String many = write("many.yaml", "database_params: {num_tables_choices: 10000, num_cols_choices: 1}");
        JsonNode json =
                Cli.run("synth", "--describe", "--config", many, "--json").json();
        assertEquals(10_000, json.at("/tables/max").intValue());
    }

    private void refused(String named, String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "synth";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 2] = "--out";
        args[args.length - 1] = out;
        Ran ran = Cli.run(args);
        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertTrue(ran.error().contains(named), ran.err());
    }
}
