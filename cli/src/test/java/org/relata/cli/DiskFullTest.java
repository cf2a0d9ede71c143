package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.json.JsonMapper;

/// A disk that is really full: a small file system in memory, mounted in a namespace of its own, which needs no rights
/// where the kernel lets users have such namespaces.
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a tmpfs")
class DiskFullTest {
    private static final String MOUNT = "mount -t tmpfs -o size=%s tmpfs \"$DISK\" || exit 99\n";

    @TempDir
    Path folder;

    private Path disk;
    private List<String> command = List.of();

    @BeforeEach
    void write() throws IOException, InterruptedException {
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(script(MOUNT.formatted("1m")) == 0, "this machine does not let users mount a file system");
        Path data = SmallShop.write(folder);
        Path task = Files.writeString(folder.resolve("active.yaml"), SmallShop.task(""));
        command = List.of(
                "fit",
                data.toString(),
                "--task",
                task.toString(),
                "--depth",
                "1",
                "--budget",
                "5m",
                "--candidates",
                "3",
                "--regime",
                "rolling",
                "--threads",
                "1",
                "--out");
    }

    @Test
    void aDiskTooSmallForTheStoreIsNamedAndLeftEmpty() throws Exception {
        int code = script(MOUNT.formatted("1m") + """
                "$@" "$DISK/run" 2>"$FOLDER/err" && exit 1
                echo $? >"$FOLDER/code"
                ls -A "$DISK" >"$FOLDER/left"
                """);
        assertEquals(0, code);
        assertEquals("1", read("code"));
        String said = read("err");
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.startsWith("error: the disk is full: "), said);
        assertTrue(said.contains("; free some space, or choose a folder on another disk with --out"), said);
        assertEquals("", read("left"), "nothing is left of a run that could not begin");
    }

    @Test
    void aDiskThatFillsUpInTheMiddleStopsTheFitWhichGoesOnOnceThereIsRoom() throws Exception {
        int code = script(MOUNT.formatted("400m") + """
                "$@" "$DISK/run" 2>"$FOLDER/err" &
                fit=$!
                until ls "$DISK"/run/.work/fit/features-*.bin >/dev/null 2>&1; do
                    kill -0 $fit || exit 1
                    sleep 0.02
                done
                cat /dev/zero >"$DISK/filler" 2>/dev/null
                wait $fit
                echo $? >"$FOLDER/code"
                ls -A "$DISK/run" >"$FOLDER/left"
                rm "$DISK/filler"
                "$@" "$DISK/run" >"$FOLDER/out" 2>&1 || exit 1
                cp "$DISK/run/metrics.json" "$FOLDER"
                """);
        assertEquals(0, code, () -> read("out"));
        assertEquals("1", read("code"));
        assertTrue(read("err").startsWith("error: the disk is full: "), read("err"));
        assertEquals(".work", read("left"), "no result is in sight before all are complete");
        assertTrue(read("out").contains("Going on from the checkpoints of an interrupted run."), read("out"));

        List<String> roomy = new ArrayList<>(command);
        roomy.addAll(List.of(folder.resolve("roomy").toString(), "--json"));
        Ran ran = Cli.run(roomy.toArray(String[]::new));
        assertEquals(
                ran.json().get("metrics"),
                new JsonMapper().readTree(read("metrics.json")).get("metrics"));
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name)).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Runs a script that sees the command up to `--out` as its arguments; mounts end with it.
    private int script(String text) throws IOException, InterruptedException {
        List<String> unshare = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
        try (Stream<Path> places = Stream.of(System.getenv("PATH").split(":")).map(p -> Path.of(p, "unshare"))) {
            if (places.noneMatch(Files::isExecutable)) {
                return 99;
            }
        }
        unshare.addAll(List.of("sh", "-uc", text, "script"));
        if (!command.isEmpty()) {
            unshare.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", // a fit of seconds spends more on good machine code than that gives back
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.relata.cli.Main"));
            unshare.addAll(command);
        }
        ProcessBuilder builder = new ProcessBuilder(unshare)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(folder.resolve("script-stderr").toFile());
        builder.environment().put("DISK", disk.toString());
        builder.environment().put("FOLDER", folder.toString());
        return builder.start().waitFor();
    }
}
