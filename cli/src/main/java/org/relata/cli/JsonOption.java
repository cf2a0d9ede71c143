package org.relata.cli;

import picocli.CommandLine.Option;

/// Whether the result is for a program.
final class JsonOption {
    @Option(names = "--json", description = "Print one JSON object on the standard output, and nothing else there.")
    private boolean json;

    /// Whether JSON was asked for.
    boolean on() {
        return json;
    }
}
