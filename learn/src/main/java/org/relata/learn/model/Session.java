package org.relata.learn.model;

import org.relata.algebra.run.TrainingState;
import org.relata.learn.train.TrainingListener;
import org.relata.learn.train.TrainingOptions;

/// What the training of any model is told beside its settings.
///
/// @param seed of all random numbers
/// @param patience after how many epochs that bring nothing better to stop; 0 never stops early
/// @param checkpointEvery after how many steps to save; 0 leaves it to the trainer
/// @param state where it is saved how to go on; an unfinished run there is gone on from
public record Session(long seed, int patience, long checkpointEvery, TrainingState state, TrainingListener listener) {
    /// To the last epoch, and nothing is kept of it but its result.
    public Session(long seed, TrainingListener listener) {
        this(seed, 0, 0, stateless(), listener);
    }

    /// A state that keeps nothing, for runs that are not gone on from.
    public static TrainingState stateless() {
        return new Fresh();
    }

    /// These, for a training.
    TrainingOptions applied(TrainingOptions options) {
        return options.seed(seed).patience(patience).checkpointEvery(state.keeps() ? checkpointEvery : Long.MAX_VALUE);
    }
}
