package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;

/// What is wrong about `grad` and `train` before a model is read, and the one line that says so.
class TrainBadInputTest {
    @TempDir
    Path folder;

    private Path model;
    private Path data;

    @BeforeEach
    void write() throws IOException, SQLException {
        model = LogisticModel.write(folder);
        data = LogisticModel.duckdb(folder.resolve("shop.duckdb"));
    }

    @Test
    void modelFilesThatAreNotThere() throws IOException {
        Path none = folder.resolve("none.sql");
        refused(none + ": there is no such model file; check the path", "grad", none.toString());
        refused(none + ": there is no such model file; check the path", train(none));
        refused(folder + ": there is no such model file; check the path", train(folder));
        Path binary = Files.write(folder.resolve("latin.sql"), "größe".getBytes(StandardCharsets.ISO_8859_1));
        refused(binary + ": it is no text in UTF-8; write it as UTF-8", train(binary));
    }

    @Test
    void databasesThatCannotBeWorkedIn() throws IOException {
        Path none = folder.resolve("none.duckdb");
        refused(none + ": there is no such file; check the path", trainIn(none.toString()));
        assertFalse(Files.exists(none), "none is made");
        Path text = Files.writeString(folder.resolve("x.duckdb"), "this is no database");
        String remedy = "; give the path of a DuckDB file, or postgresql://user@host/database";
        refused(text + ": it is no DuckDB file" + remedy, trainIn(text.toString()));
        refused(folder + ": it is no DuckDB file" + remedy, trainIn(folder.toString()));
        refused("mysql:: databases of this kind cannot be worked in" + remedy, trainIn("mysql://u:geheim@host/db"));
        refused("jdbc:sqlite:: databases of this kind cannot be worked in" + remedy, trainIn("jdbc:sqlite:x.db"));
        refused("the database: its address is empty" + remedy, trainIn(""));
        Ran ran = Cli.run(trainIn("postgresql://u:geheim@127.0.0.1:1/shop"));
        assertEquals(2, ran.code());
        assertEquals(
                "error: jdbc:postgresql://127.0.0.1:1/shop: no connection (Connection to 127.0.0.1:1 refused. Check that the"
                        + " hostname and port are correct and that the postmaster is accepting TCP/IP connections.); check"
                        + " host, port and whether the server is running",
                ran.error());
        assertFalse((ran.out() + ran.err()).contains("geheim"));
    }

    @Test
    void databasesOfOneKindAndRunnersOfAnother() {
        refused(
                "--runner postgres: " + data + " is a database of DuckDB; use duckdb, engine or reference",
                train(model, "--runner", "postgres"));
        refused(
                "--runner spark: there is no such runner; there are engine, duckdb, postgres, reference",
                train(model, "--runner", "spark"));
    }

    @Test
    void optimisersThatThereAreNot() {
        refused(
                "--optimizer adamw: there is no such optimiser; there are sgd, momentum, adagrad, adam",
                train(model, "--optimizer", "adamw"));
        refused("learning rate: 0.0 makes no sense there; give a number above 0", train(model, "--lr", "0"));
        refused("learning rate: NaN makes no sense there; give a number above 0", train(model, "--lr", "NaN"));
        refused(
                "weight decay: -1.0 makes no sense there; give a number that is not negative",
                train(model, "--weight-decay", "-1"));
        refused(
                "--weight-decay 0.1: adagrad has no weight decay; leave it out, or write the penalty into the loss",
                train(model, "--optimizer", "adagrad", "--weight-decay", "0.1"));
    }

    @Test
    void numbersThatMakeNoSense() {
        refused("epochs: 0 is too few; give at least 1", train(model, "--epochs", "0"));
        refused("patience and checkpoints: a number is negative; give at least 0", train(model, "--patience", "-1"));
        refused(
                "batch y: it is not a table and a number of rows; write it as orders:1000, or orders:1000:sample",
                train(model, "--batch", "y"));
        refused("batch y:0: a batch needs at least one row; give more", train(model, "--batch", "y:0"));
        refused(
                "invalid value for option '--epochs': 'many' is not a long; see 'relata train --help'",
                train(model, "--epochs", "many"));
        refused("missing required option: '--db=URL'; see 'relata train --help'", "train", model.toString());
        refused("--resume: --fresh says the opposite; give one of them", train(model, "--resume", "--fresh"));
    }

    @Test
    void choicesThatThereAreNot() {
        refused(
                "--dialect oracle: there is no such choice; there are duckdb, postgres, spark",
                "grad",
                model.toString(),
                "--dialect",
                "oracle");
        refused(
                "--layout columns: there is no such choice; there are auto, scalar, wide",
                "grad",
                model.toString(),
                "--layout",
                "columns");
    }

    private String[] trainIn(String database) {
        return new String[] {"train", model.toString(), "--db", database};
    }

    private String[] train(Path file, String... more) {
        List<String> command = new ArrayList<>(List.of("train", file.toString(), "--db", data.toString()));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    private static void refused(String message, String... command) {
        Ran ran = Cli.run(command);
        assertEquals("error: " + message, ran.error());
        assertEquals(2, ran.code());
        assertEquals("", ran.out());
    }
}
