package org.relata.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import org.relata.algebra.run.TrainingState;
import org.relata.database.Progress;
import org.relata.learn.model.Reading;
import org.relata.learn.model.Session;
import org.relata.learn.train.FileState;

/// What is asked of any of the models that Relata brings along.
///
/// @param data the folder or file
/// @param runner `engine`, `duckdb` or `reference`
/// @param memoryBytes what the engine may hold outside the heap
/// @param patience after how many epochs that bring nothing better to stop; 0 never stops early
/// @param checkpointEvery after how many steps to save; 0 for the usual number
/// @param out the DuckDB file for what was learned, if any; what an interrupted run needs to go on stands beside it
/// @param fresh whether to forget an interrupted run
public record ModelRequest(
        Path data,
        String runner,
        int threads,
        long memoryBytes,
        long seed,
        int patience,
        long checkpointEvery,
        Optional<Path> out,
        boolean fresh,
        Progress progress) {
    /// Where a training's state is kept: nowhere without a file to write.
    ///
    /// @param part which of the trainings that lead to the file; empty where there is one
    TrainingState state(String part) {
        if (out.isEmpty()) {
            return Session.stateless();
        }
        Path file = out.get();
        FileState state = new FileState(file.resolveSibling(file.getFileName() + part + ".training"));
        if (fresh) {
            state.clear();
        }
        return state;
    }

    /// What reading files may take: half of what the engine may, which fills up meanwhile.
    Reading reading() {
        return new Reading(memoryBytes / 2, threads, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// These words for one training.
    Session session(long of, TrainingState state) {
        return new Session(of, patience, checkpointEvery, state, new TrainProgress(progress));
    }
}
