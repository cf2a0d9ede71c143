package org.relata.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a command writes: results to `out`, everything else to `err`.
///
/// @param out the standard output, UTF-8
/// @param err the standard error, UTF-8
/// @param styled whether results may be in bold and colour
/// @param live whether a person is watching `err`, so that progress may be drawn on it
/// @param width how many characters a line of `err` holds
public record Terminal(PrintWriter out, PrintWriter err, boolean styled, boolean live, int width) {
    private static final int USUAL_WIDTH = 100;

    /// The terminal of this process. Output is UTF-8 whatever the locale, since names in data are.
    ///
    /// @param environment the environment variables: `NO_COLOR`, `TERM` and `COLUMNS` are read
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean colour = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                colour && Tty.isTerminal(Tty.STANDARD_OUTPUT),
                !dumb && Tty.isTerminal(Tty.STANDARD_ERROR),
                width(environment.getOrDefault("COLUMNS", "")));
    }

    /// A terminal that nobody watches, as in a pipe or a test.
    public static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, USUAL_WIDTH);
    }

    /// A line of the result.
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /// A line beside the result: errors, hints.
    public void aside(String text) {
        err.println(text);
        err.flush();
    }

    /// The text as a heading.
    public String bold(String text) {
        return styled ? "\033[1m" + text + "\033[0m" : text;
    }

    /// The text less prominent than what stands around it.
    public String faint(String text) {
        return styled ? "\033[2m" + text + "\033[0m" : text;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static int width(String columns) {
        try {
            return Math.clamp(Integer.parseInt(columns.strip()), 40, 240);
        } catch (NumberFormatException _) {
            return USUAL_WIDTH;
        }
    }
}
