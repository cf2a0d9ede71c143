package org.relata.cli;

import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.database.Progress;
import picocli.CommandLine.Option;

/// How much a command says; the same for every command.
final class OutputOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "Draw no progress and print only the result.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "On an error, print the stack trace too.")
    private boolean verbose;

    /// Whether only the result was asked for.
    boolean quiet() {
        return quiet;
    }

    /// Whether stack traces were asked for.
    boolean verbose() {
        return verbose;
    }

    /// Where the command says how far it is.
    Progress progress(Terminal terminal) {
        return TerminalProgress.on(terminal, quiet);
    }
}
