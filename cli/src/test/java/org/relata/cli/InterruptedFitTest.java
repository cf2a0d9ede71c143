package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A fit that is stopped in a process of its own, and the same command afterwards.
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has neither SIGKILL nor SIGINT")
class InterruptedFitTest {
    @TempDir
    Path folder;

    private Path out;
    private List<String> command;

    @BeforeEach
    void write() throws IOException {
        Path data = SmallShop.write(folder);
        Path task = Files.writeString(folder.resolve("active.yaml"), SmallShop.task(""));
        out = folder.resolve("run");
        command = List.of(
                "fit",
                data.toString(),
                "--task",
                task.toString(),
                "--depth",
                "2",
                "--budget",
                "5m", // enough for every candidate: what time cuts short differs from run to run
                "--candidates",
                "3",
                "--regime",
                "rolling",
                "--threads",
                "1",
                "--out",
                out.toString());
    }

    @Test
    void killedInTheMiddleItLeavesNothingHalfWrittenAndGoesOn() throws Exception {
        Process process = start();
        awaitCheckpoint(process);
        process.destroyForcibly();
        assertEquals(137, process.waitFor());
        assertEquals(List.of(".work"), names(out), "no result is in sight before all are complete");

        Ran again = Cli.run(command.toArray(String[]::new));
        assertEquals(0, again.code(), again.err());
        assertTrue(again.out().contains("Going on from the checkpoints of an interrupted run."), again.out());
        assertFalse(names(out).contains(".work"));
        assertTrue(names(out).contains("metrics.json"));
        Path whole = folder.resolve("uninterrupted");
        List<String> afresh = new ArrayList<>(command);
        afresh.set(afresh.size() - 1, whole.toString());
        assertEquals(0, Cli.run(afresh.toArray(String[]::new)).code());
        assertEquals(metrics(whole), metrics(out), "going on gives what going through would have given");
    }

    private static JsonNode metrics(Path run) throws IOException {
        return new JsonMapper()
                .readTree(Files.readString(run.resolve("metrics.json")))
                .get("metrics");
    }

    @Test
    void interruptedByHandItSaysHowToGoOn() throws Exception {
        Process process = start();
        awaitCheckpoint(process);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(130, process.exitValue());
        String said = Files.readString(folder.resolve("stderr")).strip();
        assertEquals("interrupted: the same command with --out " + out + " goes on from here", said);
        assertEquals(List.of(".work"), names(out));
        assertTrue(names(out.resolve(".work")).contains("fit"), "the checkpoints are kept");
        assertFalse(
                names(out.resolve(".work")).stream().anyMatch(name -> name.startsWith("store")), "the store is not");
    }

    @Test
    void aChangedQuestionDoesNotGoOnFromOldCheckpoints() throws Exception {
        Process process = start();
        awaitCheckpoint(process);
        process.destroyForcibly().waitFor();
        List<String> other = new ArrayList<>(command);
        other.addAll(List.of("--seed", "9", "--method", "baseline"));
        Ran ran = Cli.run(other.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        assertFalse(ran.out().contains("Going on"), ran.out());
    }

    private Process start() throws IOException {
        List<String> line = new ArrayList<>(Signals.interruptible());
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // a fit of seconds spends more on good machine code than that gives back
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.relata.cli.Main"));
        line.addAll(command);
        return new ProcessBuilder(line)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    /// Waits until the features are computed and written: the search over models is still to come.
    private void awaitCheckpoint(Process process) throws InterruptedException, IOException {
        while (files(out.resolve(".work").resolve("fit")) == 0) {
            assertTrue(process.isAlive(), () -> "it ended before a checkpoint: " + stderr());
            Thread.sleep(10);
        }
    }

    private String stderr() {
        try {
            return Files.readString(folder.resolve("stderr"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long files(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> Files.isRegularFile(f) && !f.toString().endsWith(".part"))
                    .count();
        } catch (UncheckedIOException _) {
            return 0; // a file went away while it was looked at
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
