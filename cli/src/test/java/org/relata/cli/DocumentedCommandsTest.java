package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Every `./relata …` line of the README, the tutorial and the how-to pages runs, in the order of the pages, in an
/// empty folder that has the examples.
///
/// The pages about schema files have [SyntheticPagesTest].
///
/// `SOURCE` stands for the demo's database and `task.yaml` for its question. Fits are given little time and depth,
/// trainings one epoch.
@Timeout(600)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links to the examples")
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String PROMPT = "./relata ";

    @TempDir
    Path folder;

    @Test
    void theyRun(TestReporter reporter) throws IOException, InterruptedException {
        Path here = Files.createDirectories(folder.resolve("relata"));
        Files.createSymbolicLink(here.resolve("examples"), ROOT.resolve("examples"));
        Path shared = shared();
        if (Files.isDirectory(shared)) {
            Files.createSymbolicLink(folder.resolve("shared"), shared.toRealPath());
        }
        Set<String> lines = new LinkedHashSet<>();
        for (Path page : pages()) {
            lines.addAll(commands(page));
        }
        assertTrue(lines.size() >= 9, () -> "the pages hold commands: " + lines);
        int ran = 0;
        for (String line : lines) {
            if (line.contains("../shared/") && Files.notExists(folder.resolve("shared"))) {
                reporter.publishEntry("skipped, as its data is not here", line);
                continue;
            }
            run(here, line);
            ran++;
            Path question = here.resolve("relata-demo/churn.yaml");
            if (Files.exists(question) && Files.notExists(here.resolve("task.yaml"))) {
                Files.copy(question, here.resolve("task.yaml"));
            }
        }
        assertTrue(ran >= 7);
    }

    private static void run(Path here, String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A command of seconds spends more on good machine code than that gives back.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.relata.cli.Main"));
        for (String word : line.substring(PROMPT.length()).split(" +")) {
            boolean epochs = command.getLast().equals("--epochs");
            command.add(word.equals("SOURCE") ? "relata-demo/shop.duckdb" : epochs ? "1" : word);
        }
        if (line.startsWith(PROMPT + "fit")) {
            command.addAll(List.of("--budget", "5s", "--depth", "1", "--candidates", "1", "--regime", "rolling"));
        }
        if (line.startsWith(PROMPT + "demo")) {
            command.addAll(List.of("--candidates", "1", "--budget", "5s"));
        }
        Path said = Files.createTempFile(here.getParent(), "said", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(said.toFile()))
                .start();
        assertEquals(0, process.waitFor(), line + "\n" + Files.readString(said));
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        for (String part : List.of("docs/tutorial", "docs/how-to")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(part))) {
                files.filter(f -> f.toString().endsWith(".md") && !f.toString().endsWith("from-a-schema.md"))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        return pages;
    }

    /// The commands in the shell blocks of a page, without comments, continued lines joined.
    private static List<String> commands(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        String text = Files.readString(page).replaceAll("\\\\\\n\\s*", "");
        for (String line : text.lines().toList()) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh") || line.equals("```console");
            } else if (shell) {
                String command = line.replaceFirst("^\\$ ", "")
                        .replaceFirst("\\s+#.*", "")
                        .strip();
                if (command.startsWith(PROMPT)) {
                    commands.add(command);
                }
            }
        }
        return commands;
    }

    private static Path shared() {
        String named = System.getProperty("relata.shared", System.getenv().getOrDefault("RELATA_SHARED", ""));
        return named.isEmpty() ? ROOT.resolveSibling("shared") : Path.of(named);
    }
}
