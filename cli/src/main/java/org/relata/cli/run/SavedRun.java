package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.task.Task;
import org.relata.database.task.TaskFile;
import org.relata.database.task.TaskFiles;
import org.relata.learn.fit.FittedPipeline;
import org.relata.learn.fit.FittedPipelines;

/// A finished run as it lies on disk.
///
/// @param folder the run folder
/// @param config what the run was
public record SavedRun(Path folder, RunConfig config) {
    /// Reads a run folder.
    ///
    /// @param folder the folder; empty for the latest finished run below [RunFolder#RUNS]
    /// @throws RelataException when there is none or it holds no finished run
    public static SavedRun read(Optional<Path> folder) {
        Path chosen = folder.or(() -> RunFolder.latest(RunFolder.RUNS))
                .orElseThrow(() -> RelataException.usage(
                        "run.none",
                        "--run",
                        "there is no finished run below " + RunFolder.RUNS,
                        "name a run folder, or make one with 'relata fit'"));
        if (!Files.isDirectory(chosen)) {
            throw RelataException.usage(
                    "run.missing",
                    chosen.toString(),
                    "there is no such run folder",
                    "name one that 'relata fit' wrote");
        }
        if (!RunFolder.isFinished(chosen)) {
            throw RelataException.usage(
                    "run.unfinished",
                    chosen.toString(),
                    "it holds no finished run",
                    "finish it by giving the same 'relata fit' command again");
        }
        return new SavedRun(chosen, RunConfig.of(RunConfig.read(chosen.resolve("config.yaml"))));
    }

    /// The fitted pipeline; the caller closes it.
    ///
    /// @param task the task of the run
    /// @throws IOException when it cannot be read
    public FittedPipeline pipeline(Task task) throws IOException {
        return FittedPipelines.read(folder.resolve("model"), task);
    }

    /// The task of the run, on a database of the same schema.
    public Task task(Schema schema) {
        return taskFile(schema).task();
    }

    /// The task file of the run, on a database of the same schema.
    public TaskFile taskFile(Schema schema) {
        return TaskFiles.open(Path.of(config.task()), schema);
    }
}
