package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.RelataException;

class RunFolderTest {
    @TempDir
    Path parent;

    @Test
    void resultsAppearTogetherAndTheWorkFolderGoes() throws IOException {
        Path folder = parent.resolve("deep/run");
        try (RunFolder run = RunFolder.open(folder, false)) {
            assertFalse(run.begin("inputs", "data"));
            Files.writeString(run.results().resolve("metrics.json"), "{}");
            Files.createDirectories(run.results().resolve("model"));
            Files.writeString(run.results().resolve("model/trees.txt"), "t");
            assertFalse(RunFolder.isFinished(folder));
            run.publish();
        }
        assertTrue(RunFolder.isFinished(folder));
        assertEquals(List.of("metrics.json", "model"), names(folder));
    }

    @Test
    void aFinishedRunIsNotOverwrittenUnlessAsked() throws IOException {
        Path folder = finished("run");
        RelataException error = assertThrows(RelataException.class, () -> RunFolder.open(folder, false));
        assertEquals("run.finished", error.code());
        assertTrue(error.remedy().contains("--force"));
        try (RunFolder again = RunFolder.open(folder, true)) {
            again.begin("other", "data");
            Files.writeString(again.results().resolve("metrics.json"), "{\"new\":1}");
            again.publish();
        }
        assertEquals("{\"new\":1}", Files.readString(folder.resolve("metrics.json")));
    }

    @Test
    void checkpointsOfTheSameRunStayAndOfAnyOtherGo() throws IOException {
        Path folder = parent.resolve("run");
        interrupted(folder, "inputs", "data");
        try (RunFolder same = RunFolder.open(folder, false)) {
            assertTrue(same.begin("inputs", "data"));
            assertEquals(List.of("checkpoint"), names(same.checkpoints()));
            assertEquals(List.of(), names(same.results()), "half-written results are gone");
        }
        try (RunFolder changedData = RunFolder.open(folder, false)) {
            assertFalse(changedData.begin("inputs", "other data"));
            assertEquals(List.of(), names(changedData.checkpoints()));
        }
    }

    @Test
    void theNextFreeNumberIsChosenUnlessTheSameRunWasInterrupted() throws IOException {
        assertEquals(parent.resolve("task-1"), RunFolder.choose(parent, "task", "inputs"));
        finished("task-1");
        interrupted(parent.resolve("task-2"), "others", "data");
        interrupted(parent.resolve("task-3"), "inputs", "data");
        assertEquals(parent.resolve("task-3"), RunFolder.choose(parent, "task", "inputs"));
        assertEquals(parent.resolve("task-4"), RunFolder.choose(parent, "task", "new inputs"));
    }

    @Test
    void onlyOneProcessWorksInAFolder() throws IOException {
        try (RunFolder first = RunFolder.open(parent.resolve("run"), false)) {
            assertEquals(parent.resolve("run"), first.folder());
            RelataException error =
                    assertThrows(RelataException.class, () -> RunFolder.open(parent.resolve("run"), false));
            assertEquals("run.locked", error.code());
        }
        RunFolder.open(parent.resolve("run"), false).close();
    }

    @Test
    void foldersAndFilesOfOthersAreLeftAlone() throws IOException {
        Files.writeString(parent.resolve("file"), "");
        Files.createDirectories(parent.resolve("mine"));
        Files.writeString(parent.resolve("mine/thesis.txt"), "");
        assertEquals(
                "run.file",
                assertThrows(RelataException.class, () -> RunFolder.open(parent.resolve("file"), false))
                        .code());
        assertEquals(
                "run.occupied",
                assertThrows(RelataException.class, () -> RunFolder.open(parent.resolve("mine"), true))
                        .code());
        assertThrows(RelataException.class, () -> RunFolder.open(parent.resolve("file/below"), false));
        assertEquals(List.of("file", "mine"), names(parent));
    }

    @Test
    void aRunThatNeverGotAnywhereLeavesNothing() throws IOException {
        Path folder = parent.resolve("run");
        try (RunFolder run = RunFolder.open(folder, false)) {
            run.begin("inputs", "data");
            run.discardIfUseless();
        }
        assertFalse(Files.exists(folder));
        interrupted(folder, "inputs", "data");
        try (RunFolder run = RunFolder.open(folder, false)) {
            run.discardIfUseless();
        }
        assertTrue(Files.exists(folder.resolve(".work/fit/checkpoint")), "checkpoints are kept");
    }

    @Test
    void theLatestFinishedRunIsFound() throws IOException {
        assertEquals(Optional.empty(), RunFolder.latest(parent.resolve("none")));
        finished("a").resolve("metrics.json").toFile().setLastModified(2_000_000);
        finished("b").resolve("metrics.json").toFile().setLastModified(1_000_000);
        Files.createDirectories(parent.resolve("c"));
        assertEquals(Optional.of(parent.resolve("a")), RunFolder.latest(parent));
    }

    private Path finished(String name) throws IOException {
        Path folder = parent.resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("metrics.json"), "{}");
        return folder;
    }

    private static void interrupted(Path folder, String inputs, String fingerprint) throws IOException {
        try (RunFolder run = RunFolder.open(folder, false)) {
            run.begin(inputs, fingerprint);
            Files.writeString(run.checkpoints().resolve("checkpoint"), "");
            Files.writeString(run.results().resolve("half"), "");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
