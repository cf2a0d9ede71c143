package org.relata.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.cli.train.ModelRequest;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import picocli.CommandLine.Option;

/// What every model that Relata brings along takes.
final class ModelOptions {
    @Option(
            names = "--runner",
            paramLabel = "RUNNER",
            description = "What computes: engine, in process in 32 bits; duckdb, in a database in memory; or reference,"
                    + " slowly (default: engine).")
    private String runner = "engine";

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "What the engine may hold outside the Java heap, such as 4g; past it, relations go to disk"
                    + " (default: as much as the heap).")
    private Converters.@Nullable Size memory;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads may work (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What all randomness derives from; the same seed gives the same result (default: 0).")
    private long seed;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "A DuckDB file for what was learned, as tables; one that is there is replaced.")
    private @Nullable Path out;

    @Option(names = "--print-model", description = "Print the model in SQL, and train nothing.")
    private boolean printModel;

    /// Whether only the text of the model is asked for.
    boolean printModel() {
        return printModel;
    }

    /// The seed.
    long seed() {
        return seed;
    }

    /// What is asked for, on some data.
    ModelRequest request(Path data, Progress progress) {
        if (threads < 1) {
            throw RelataException.usage("option.number", "--threads " + threads, "it is too few", "give at least 1");
        }
        return new ModelRequest(
                data,
                runner,
                threads,
                memory == null ? Runtime.getRuntime().maxMemory() : memory.bytes(),
                seed,
                Optional.ofNullable(out),
                progress);
    }
}
