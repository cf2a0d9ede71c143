package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;

class ConfigCommandTest {
    @TempDir
    Path folder;

    @Test
    void theCommandLineStandsOverTheFileOverTheTaskOverTheDefaults() throws IOException {
        Path task = Files.writeString(folder.resolve("churn.yaml"), "name: churn\nregime: rolling\n");
        Path config = Files.writeString(
                folder.resolve("config.yaml"), "source: .\ntask: churn.yaml\nseed: 5\ndepth: 2\nbudget: 20m\n");
        Ran ran = Cli.run("config", "print", "--config", config.toString(), "--seed", "7", "--no-refit", "--json");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(folder.toString(), ran.json().get("source").stringValue());
        assertEquals(task.toString(), ran.json().get("task").stringValue());
        assertEquals("7", ran.json().get("seed").stringValue());
        assertEquals("2", ran.json().get("depth").stringValue());
        assertEquals("20m", ran.json().get("budget").stringValue());
        assertEquals("rolling", ran.json().get("regime").stringValue());
        assertEquals("false", ran.json().get("refit").stringValue());
        assertEquals("auto", ran.json().get("method").stringValue());
    }

    @Test
    void whatItPrintsIsAConfigAgain() throws IOException {
        Path task = Files.writeString(folder.resolve("kündigung 'x'.yaml"), "name: churn\n");
        Ran first = Cli.run("config", "print", folder.toString(), "--task", task.toString(), "--memory", "1.5g");
        Path config = Files.writeString(folder.resolve("config.yaml"), first.out());
        Ran second = Cli.run("config", "print", "--config", config.toString());
        assertEquals(first.out(), second.out());
        assertTrue(first.out().contains("memory: 1536m\n"), first.out());
    }

    @Test
    void badValuesAreNamedWithTheirOption() {
        assertEquals(
                "error: invalid value for option '--regime': 'warm' is not one of frozen, rolling; see 'relata config print --help'",
                Cli.run("config", "print", "x", "--regime", "warm").error());
        assertEquals(
                "error: invalid value for option '--method': 'magic' is not one of auto, dfs, baseline; see 'relata config print --help'",
                Cli.run("config", "print", "x", "--method", "magic").error());
        assertEquals(
                "error: invalid value for option '--budget': '10' is not a time such as 10m, 90s or 1h; see 'relata config print --help'",
                Cli.run("config", "print", "x", "--budget", "10").error());
        assertEquals(
                "error: invalid value for option '--seed': 'x' is not a long; see 'relata config print --help'",
                Cli.run("config", "print", "x", "--seed", "x").error());
    }

    @Test
    void whatIsMissingIsSaid() {
        assertEquals(
                "error: source: it is missing; name a folder, a database file or a JDBC URL",
                Cli.run("config", "print").error());
        assertEquals(
                "error: task: it is missing; name a task file with --task",
                Cli.run("config", "print", "x").error());
        Ran none =
                Cli.run("config", "print", "--config", folder.resolve("no.yaml").toString());
        assertEquals(2, none.code());
        assertTrue(none.error().endsWith("there is no such file; name the config.yaml of a run folder"), none.err());
    }
}
