package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void whatIsWrongIsSaidInOneLine() throws IOException {
        String wrong = write("wrong.yaml", "scm_params: {activation_choises: relu}");
        refused("did you mean activation_choices?", "--config", wrong);
        refused("did you mean parquet?", "--format", "parkuet");
        refused("there is no such preset", "--preset", "v9");
        refused("give 1 or more", "--num-dbs", "0");
        refused("planted_tasks", "--config", write("planted.yaml", "planted_tasks: 90"));
        refused("missing.sql", "--schema", folder.resolve("missing.sql").toString());
        refused("mutually exclusive", "--schema", "a.sql", "--like", "b");
        out = write("a-file", "not a folder");
        refused("cannot be made", "--config", config);
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
