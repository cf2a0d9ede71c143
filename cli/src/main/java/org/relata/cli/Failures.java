package org.relata.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.relata.algebra.value.AlgebraException;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.database.RelataException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns whatever went wrong into one line on the standard error and an exit code.
final class Failures {
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    private static final List<String> DISK_FULL = List.of(
            "no space left on device", "disk quota exceeded", "file too large", "not enough space", "disk is full");
    private static final List<String> MEMORY =
            List.of("out of memory error", "failed to allocate", "could not allocate", "std::bad_alloc");

    /// Codes of the algebra's errors that are no fault of what was asked for.
    private static final Set<String> WORK =
            Set.of("loss.not-finite", "database.refused", "state.write", "key.arithmetic", "projection.merges");

    private static final Pattern QUOTED_FILE = Pattern.compile("file \"([^\"]+)\"");

    private final Terminal terminal;
    private final boolean verbose;

    Failures(Terminal terminal, boolean verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    /// Whether the stack trace was asked for, read without parsing.
    static boolean verbose(String[] args) {
        return Arrays.stream(args).anyMatch(a -> a.equals("-v") || a.equals("--verbose"));
    }

    /// Arguments that do not make a command.
    int badArguments(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        String message = Text.cut(String.valueOf(problem.getMessage()).replaceAll("\\s+", " "), 400);
        List<String> near = List.of();
        if (problem instanceof UnmatchedArgumentException unmatched) {
            near = unmatched.getSuggestions();
            String argument = unmatched.getUnmatched().getFirst();
            boolean root = problem.getCommandLine().getParent() == null;
            if (root && !argument.startsWith("-")) {
                message = "there is no command '" + argument + "'";
            }
        }
        String hint = near.isEmpty() ? "" : "did you mean " + near.getFirst() + "? ";
        terminal.aside("error: " + lowerFirst(message) + "; " + hint + "see '" + command + " --help'");
        return USAGE;
    }

    /// Anything a command threw.
    int handle(Throwable thrown) {
        if (Interruption.underWay()) {
            return INTERRUPTED;
        }
        if (thrown instanceof OutOfMemoryError error) {
            return outOfMemory(error);
        }
        Throwable problem = thrown instanceof UncheckedIOException unchecked && unchecked.getCause() != null
                ? unchecked.getCause()
                : thrown;
        int code = FAILURE;
        if (mentions(problem, DISK_FULL)) {
            say("the disk is full: " + place(problem)
                    + "; free some space, or choose a folder on another disk with --out"
                    + " (temporary files go to java.io.tmpdir, " + System.getProperty("java.io.tmpdir") + ")");
        } else if (mentions(problem, MEMORY)) {
            say("memory: the work does not fit (" + firstLine(problem)
                    + "); raise --memory, or lower --depth or --threads");
        } else if (problem instanceof RelataException relata) {
            code = exitCode(relata);
            say(String.valueOf(relata.getMessage()));
        } else if (problem instanceof AlgebraException algebra) {
            code = WORK.contains(algebra.code()) ? FAILURE : USAGE;
            say(String.valueOf(algebra.getMessage()));
        } else if (problem instanceof IOException file) {
            say(describe(file));
        } else {
            say("internal error: " + problem.getClass().getSimpleName() + ": " + firstLine(problem)
                    + "; this is a bug in Relata, please report it to its project with the command"
                    + (verbose ? " and this output" : " and what it prints with -v"));
        }
        trace(thrown);
        return code;
    }

    /// The heap was too small.
    int outOfMemory(OutOfMemoryError error) {
        say("memory: the Java heap of " + Text.bytes(Runtime.getRuntime().maxMemory())
                + " was not enough; raise --memory (the heap is three eighths of it), or lower --depth");
        trace(error);
        return FAILURE;
    }

    private static int exitCode(RelataException problem) {
        if (problem.code().equals("interrupted")) {
            return INTERRUPTED;
        }
        return switch (problem.kind()) {
            case USAGE -> USAGE;
            case FAILURE -> FAILURE;
        };
    }

    private void say(String message) {
        terminal.aside("error: " + message.replaceAll("\\s*\\R\\s*", " "));
    }

    private void trace(Throwable thrown) {
        if (verbose) {
            thrown.printStackTrace(terminal.err());
            terminal.err().flush();
        }
    }

    private static String describe(IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file or folder; check the path";
            case AccessDeniedException denied -> denied.getFile() + ": access was denied; check its permissions";
            case FileSystemException file ->
                file.getFile() + ": " + String.valueOf(file.getReason()).toLowerCase(Locale.ROOT);
            default -> firstLine(problem);
        };
    }

    /// The file that could not be written, as far as anything in the chain of causes names one.
    private static String place(Throwable problem) {
        for (Throwable cause : causes(problem).toList()) {
            Matcher named = QUOTED_FILE.matcher(String.valueOf(cause.getMessage()));
            if (cause instanceof FileSystemException file && file.getFile() != null) {
                return file.getFile();
            } else if (named.find()) { // DuckDB's way of putting it
                return named.group(1);
            } else if (cause instanceof RelataException relata && relata.place().startsWith("/")) {
                return relata.place();
            }
        }
        return causes(problem)
                .filter(cause -> mentions(cause, DISK_FULL))
                .map(Failures::firstLine)
                .findFirst()
                .orElse("");
    }

    private static boolean mentions(Throwable problem, List<String> phrases) {
        return causes(problem)
                .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(message -> phrases.stream().anyMatch(message::contains));
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }

    private static String firstLine(Throwable problem) {
        return Text.cut(
                String.valueOf(problem.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .strip(),
                300);
    }

    private static String lowerFirst(String message) {
        return message.isEmpty() ? message : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
