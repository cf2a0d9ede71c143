package org.relata.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.SavedRun;
import org.relata.database.Database;
import org.relata.database.Progress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A finished run and the database to apply it to.
final class RunOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "A database of the same schema (default: the one the run was fitted on, as it is now).")
    private @Nullable String source;

    @Option(
            names = {"-r", "--run"},
            paramLabel = "DIR",
            description = "The run folder (default: the latest below relata-runs).")
    private @Nullable Path run;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    /// The run.
    SavedRun run() {
        return SavedRun.read(Optional.ofNullable(run));
    }

    /// Opens the database in a workspace.
    Database open(SavedRun saved, Workspace workspace, Progress progress) {
        return workspace.open(
                source == null ? saved.config().source() : source,
                saved.config().schema(),
                store,
                progress);
    }
}
