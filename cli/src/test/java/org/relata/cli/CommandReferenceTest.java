package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relata.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// `docs/reference/commands.md` is what the commands say of themselves.
class CommandReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "commands.md");

    @Test
    void thePageSaysWhatTheCommandsSay() throws IOException {
        String generated = page();
        if (Boolean.getBoolean("relata.regenerate")) {
            Files.writeString(PAGE, generated);
        }
        assertEquals(
                generated,
                Files.exists(PAGE) ? Files.readString(PAGE) : "",
                "docs/reference/commands.md is out of step; write it anew with:"
                        + " ./mvnw -pl cli -am test -Dtest=CommandReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Drelata.regenerate=true");
    }

    private static String page() {
        Terminal nowhere = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        CommandLine root = Main.commandLine(nowhere, Map.of());
        StringBuilder page = new StringBuilder("""
                # Commands

                <!-- Generated from the commands themselves; CommandReferenceTest says how. -->

                Results go to the standard output, everything else to the standard error. Progress is drawn on the standard
                error when it is a terminal and `--quiet` is not given. `NO_COLOR` is respected.

                | exit code | meaning |
                |---|---|
                | 0 | done |
                | 1 | the work was asked for correctly and failed |
                | 2 | the command line, a file or the data is wrong: one line says where, what and how to mend it |
                | 130 | interrupted with Ctrl-C; `fit` and `train` go on from there when the same command is given again |

                `--memory` is shared out: three eighths to the Java heap, half to DuckDB or the engine (which spill to disk past
                it), the rest to LightGBM and the JVM itself. `./relata` starts Java with that heap; an `-Xmx` in `RELATA_OPTS` wins, and
                where the heap is smaller than its share, DuckDB gets the difference. `relata doctor` shows all three.

                """);
        describe(page, root, 2);
        return page.toString();
    }

    private static void describe(StringBuilder page, CommandLine line, int level) {
        page.append("#".repeat(level))
                .append(" `")
                .append(line.getCommandSpec().qualifiedName())
                .append("`\n\n```text\n");
        line.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .forEach(text -> page.append(text).append('\n'));
        page.append("```\n\n");
        line.getSubcommands().values().forEach(sub -> describe(page, sub, level + 1));
    }
}
