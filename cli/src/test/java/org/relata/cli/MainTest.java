package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relata.cli.Cli.Ran;
import org.relata.cli.terminal.Terminal;
import picocli.CommandLine;

class MainTest {
    @Test
    void withoutACommandItSaysHowToGetHelp() {
        Ran ran = Cli.run();
        assertEquals(2, ran.code());
        assertEquals("error: a command is missing; see 'relata --help'", ran.error());
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearestOne() {
        Ran ran = Cli.run("docter");
        assertEquals(2, ran.code());
        assertEquals("error: there is no command 'docter'; did you mean doctor? see 'relata --help'", ran.error());
    }

    @Test
    void aMistypedOptionIsAnsweredWithTheNearestOne() {
        Ran ran = Cli.run("doctor", "--jsno");
        assertEquals(2, ran.code());
        assertEquals("error: unknown option: '--jsno'; did you mean --json? see 'relata doctor --help'", ran.error());
    }

    @Test
    void versionNamesRelataAndJava() {
        Ran ran = Cli.run("--version");
        assertEquals(0, ran.code());
        assertTrue(ran.out().startsWith("relata "), ran.out());
        assertTrue(ran.out().contains("Java " + Runtime.version()), ran.out());
    }

    @Test
    void everyCommandExplainsItself() {
        Ran root = Cli.run("--help");
        assertEquals(0, root.code());
        Terminal nowhere = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        assertAll(Main.commandLine(nowhere, Map.of()).getSubcommands().keySet().stream()
                .map(name -> () -> {
                    Ran help = Cli.run(name, "--help");
                    assertEquals(0, help.code(), name);
                    assertTrue(help.out().startsWith("Usage: relata " + name), help.out());
                    assertTrue(root.out().contains(name), name);
                    assertTrue(help.out().lines().allMatch(line -> line.length() <= 100), help.out());
                }));
    }

    @Test
    void everyOptionAndParameterHasADescription() {
        Terminal nowhere = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        assertDescribed(Main.commandLine(nowhere, Map.of()));
    }

    /// Only then is a command prepared alone.
    @Test
    void everyClassIsCalledLikeItsCommand() {
        Terminal nowhere = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        Main.commandLine(nowhere, Map.of())
                .getSubcommands()
                .forEach((name, command) -> assertEquals(
                        name + "command",
                        command.getCommand().getClass().getSimpleName().toLowerCase(Locale.ROOT)));
    }

    @Test
    void completionIsAScriptForTheCommand() {
        Ran ran = Cli.run("completion");
        assertEquals(0, ran.code());
        assertTrue(ran.out().startsWith("#!/usr/bin/env bash"), ran.out());
        assertTrue(ran.out().contains("doctor"), ran.out());
    }

    private static void assertDescribed(CommandLine line) {
        line.getCommandSpec().args().forEach(argument -> {
            assertTrue(argument.description().length > 0, () -> line.getCommandName() + " " + argument);
        });
        line.getSubcommands().values().forEach(MainTest::assertDescribed);
    }
}
