package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.RelataException;
import org.relata.learn.fit.FitSettings;

class RunConfigTest {
    @TempDir
    Path folder;

    @Test
    void whatIsNotSaidTakesItsDefault() {
        RunConfig config = RunConfig.of(Map.of("source", "data", "task", "t.yaml"));
        assertEquals(FitSettings.standard(), config.settings());
        assertEquals(Optional.empty(), config.schema());
    }

    @Test
    void aFileGivesBackTheConfigItWasWrittenFrom() throws IOException {
        Path task = Files.writeString(folder.resolve("task.yaml"), "");
        RunConfig config = RunConfig.of(Map.of(
                "source", folder.toString(), "task", task.toString(), "seed", "7", "budget", "90s", "refit", "false"));
        assertTrue(config.yaml(folder).contains("task: task.yaml"), "below the folder, paths are relative");
        Path file = Files.writeString(folder.resolve("config.yaml"), config.yaml(folder));
        RunConfig again = RunConfig.of(RunConfig.read(file));
        assertEquals(config.toMap(), again.toMap());
        assertEquals(Duration.ofSeconds(90), again.settings().budget());
    }

    @Test
    void aUrlIsNotTakenForAPath() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), "source: jdbc:postgresql://localhost/shop\n");
        assertEquals("jdbc:postgresql://localhost/shop", RunConfig.read(file).get("source"));
    }

    @Test
    void anUnknownKeyIsNamedWithTheKnownOnes() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), "source: x\nsead: 3\n");
        RelataException error = assertThrows(RelataException.class, () -> RunConfig.read(file));
        assertEquals(RelataException.Kind.USAGE, error.kind());
        assertTrue(
                error.getMessage().contains("config.yaml, sead: there is no such key; use one of: source,"),
                error.getMessage());
    }

    @Test
    void valuesThatCannotBeReadNameTheirKey() {
        for (var bad : List.of(
                Map.entry("method", "magic"),
                Map.entry("regime", "warm"),
                Map.entry("depth", "deep"),
                Map.entry("budget", "10"),
                Map.entry("memory", "much"),
                Map.entry("refit", "maybe"))) {
            Map<String, String> values = Map.of("source", "x", "task", "t", bad.getKey(), bad.getValue());
            RelataException error = assertThrows(RelataException.class, () -> RunConfig.of(values));
            assertEquals(bad.getKey(), error.place());
            assertTrue(error.problem().contains("'" + bad.getValue() + "'"), error.problem());
        }
    }

    @Test
    void aFileThatIsMissingOrNoMapIsRefused() throws IOException {
        assertTrue(assertThrows(RelataException.class, () -> RunConfig.read(folder.resolve("none.yaml")))
                .getMessage()
                .contains("there is no such file"));
        Path list = Files.writeString(folder.resolve("list.yaml"), "- a\n- b\n");
        assertTrue(assertThrows(RelataException.class, () -> RunConfig.read(list))
                .getMessage()
                .contains("it is not a YAML map"));
    }
}
