package org.relata.cli;

import org.jspecify.annotations.Nullable;
import org.relata.learn.fit.FitSettings;
import picocli.CommandLine.Option;

/// What a command that reads a database may use of the machine.
final class StoreOptions {
    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "What the whole process may use, such as 4g or 512m; past it, work goes to disk (default: 8g).")
    private Converters.@Nullable Size memory;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads may work (default: all processors).")
    private @Nullable Integer threads;

    /// What the whole process may use, in bytes.
    long memoryBytes() {
        return memory == null ? FitSettings.standard().memoryBytes() : memory.bytes();
    }

    /// How many threads may work, at least 1.
    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : Math.max(1, threads);
    }
}
