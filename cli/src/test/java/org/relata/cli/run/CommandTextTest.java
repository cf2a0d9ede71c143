package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTextTest {
    @Test
    void wordsThatAShellWouldBreakAreQuoted() {
        assertEquals(
                "a/b.csv 'my data' 'it'\\''s' '$HOME' größe",
                CommandText.line(List.of("a/b.csv", "my data", "it's", "$HOME", "größe")));
    }

    @Test
    void onlyWhatIsNotAtItsDefaultIsNamedButAlwaysRegimeAndSeed() {
        assertEquals(
                "relata fit jdbc:postgresql://h/shop --task churn --regime frozen --seed 0",
                CommandText.fit(RunConfig.of(
                        Map.of("source", "jdbc:postgresql://me:pw@h/shop".replace("me:pw@", ""), "task", "churn"))));
        assertEquals(
                "relata fit 'my db' --schema s.yaml --task churn --regime rolling --depth 2 --seed 3 --no-refit --tolerate-leaks",
                CommandText.fit(RunConfig.of(Map.of(
                        "source",
                        "my db",
                        "schema",
                        "s.yaml",
                        "task",
                        "churn",
                        "regime",
                        "rolling",
                        "depth",
                        "2",
                        "seed",
                        "3",
                        "refit",
                        "false",
                        "tolerate-leaks",
                        "true"))));
    }

    @Test
    void passwordsAreNotInIt() {
        assertEquals(
                "relata fit 'jdbc:postgresql://h/shop?user=me' --task churn --regime frozen --seed 0",
                CommandText.fit(RunConfig.of(
                        Map.of("source", "jdbc:postgresql://h/shop?user=me&password=geheim", "task", "churn"))));
    }
}
