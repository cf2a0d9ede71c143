package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;

class SyntheticDemoTest {
    @TempDir
    Path folder;

    private Path small;

    @BeforeEach
    void smallDatabase() throws IOException {
        small = Files.writeString(folder.resolve("small.yaml"), """
            database_params:
              num_tables_choices: 2
              num_cols_choices: 3
              num_rows_entity_table_choices: 100
              num_rows_activity_table_choices: 800
            """);
    }

    @Test
    void aDrawnDatabaseIsLearntFromAndTheScoreStandsBesideTheKnownOne() {
        Ran ran = demo("--synthetic", "6", "--config", small.toString(), "--budget", "1s");
        assertEquals(0, ran.code(), ran.err());
        String known = ran.out().replaceAll("(?s).*by a roc_auc of ([0-9.]+) in expectation.*", "$1");
        assertTrue(Double.parseDouble(known) > 0.75, known);
        assertTrue(ran.out().contains("Known to be achievable: " + known + ". Reached on test: "), ran.out());
        double reached = Double.parseDouble(ran.out().replaceAll("(?s).*Reached on test: ([0-9.]+) .*", "$1"));
        assertTrue(reached > 0.7, "the cause is one column of the entity, and easily found: " + reached);
    }

    @Test
    void whatCannotBeIsSaidInOneLine() throws IOException {
        refused("leave out --synthetic", "--synthetic", "3", "--leak");
        refused("give --synthetic SEED too", "--config", small.toString());
        Path none = Files.writeString(folder.resolve("none.yaml"), "planted_tasks: 0");
        refused("planted_tasks: there is no question", "--synthetic", "3", "--config", none.toString());
    }

    private void refused(String why, String... options) {
        Ran ran = demo(options);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.error().contains(why), ran.err());
    }

    private Ran demo(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "demo";
        args[1] = "--out";
        args[2] = folder.resolve("demo").toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return Cli.run(args);
    }
}
