package org.relata.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.relata.cli.terminal.Terminal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs commands in this process as a user would in a pipe.
final class Cli {
    private Cli() {}

    /// What a command did.
    ///
    /// @param code its exit code
    /// @param out what it wrote to the standard output
    /// @param err what it wrote to the standard error
    record Ran(int code, String out, String err) {
        /// The standard output, which must be one JSON object and nothing else.
        JsonNode json() {
            JsonNode node = JsonMapper.builder()
                    .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(out);
            if (!node.isObject()) {
                throw new AssertionError("not an object: " + out);
            }
            return node;
        }

        /// The standard error, which must be one line.
        String error() {
            List<String> lines = err.lines().toList();
            if (lines.size() != 1) {
                throw new AssertionError("expected one line on stderr, got " + lines.size() + ":\n" + err);
            }
            return lines.getFirst();
        }
    }

    static Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
        int code = Main.run(args, terminal, Map.of());
        return new Ran(code, out.toString(), err.toString());
    }
}
