package org.relata.learn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.algebra.RelExpr;
import org.relata.algebra.value.AlgebraException;

/// How a model is trained.
///
/// @param epochs how often all data is seen
/// @param batches how data is cut into steps; a step sees all of it otherwise
/// @param seed of all random numbers
/// @param patience after how many epochs without a lower loss to stop, and to go back to the best; 0 never stops early
/// @param validation what patience looks at, if not the mean loss of the steps of an epoch
/// @param checkpointEvery after how many steps to save; 0 leaves it to the trainer, which saves at most twenty times a
/// run
/// @param settings what else a run has to have in common with one that it goes on from, by name
public record TrainingOptions(
        Optimizer optimizer,
        long epochs,
        Optional<Batches> batches,
        long seed,
        long patience,
        Optional<Validation> validation,
        long checkpointEvery,
        Map<String, String> settings) {
    /// Checks the numbers.
    public TrainingOptions {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        if (epochs < 1) {
            throw new AlgebraException("train.epochs", "epochs", epochs + " is too few", "give at least 1");
        }
        if (patience < 0 || checkpointEvery < 0) {
            throw new AlgebraException(
                    "train.number", "patience and checkpoints", "a number is negative", "give at least 0");
        }
    }

    /// All data at every step, seed 0, to the last epoch.
    public TrainingOptions(Optimizer optimizer, long epochs) {
        this(optimizer, epochs, Optional.empty(), 0, 0, Optional.empty(), 0, Map.of());
    }

    /// These options with batches.
    public TrainingOptions batches(Batches cut) {
        return new TrainingOptions(
                optimizer, epochs, Optional.of(cut), seed, patience, validation, checkpointEvery, settings);
    }

    /// These options with another seed.
    public TrainingOptions seed(long other) {
        return new TrainingOptions(optimizer, epochs, batches, other, patience, validation, checkpointEvery, settings);
    }

    /// These options with early stopping.
    public TrainingOptions patience(long stale) {
        return new TrainingOptions(optimizer, epochs, batches, seed, stale, validation, checkpointEvery, settings);
    }

    /// These options with another loss for early stopping.
    public TrainingOptions validation(RelExpr loss) {
        return validation(new Validation.Loss(loss));
    }

    /// These options with another figure for early stopping.
    public TrainingOptions validation(Validation figure) {
        return new TrainingOptions(
                optimizer, epochs, batches, seed, patience, Optional.of(figure), checkpointEvery, settings);
    }

    /// These options with a checkpoint every so many steps.
    public TrainingOptions checkpointEvery(long steps) {
        return new TrainingOptions(optimizer, epochs, batches, seed, patience, validation, steps, settings);
    }

    /// These options with more that a run has to have in common with one that it goes on from.
    public TrainingOptions settings(Map<String, String> named) {
        return new TrainingOptions(optimizer, epochs, batches, seed, patience, validation, checkpointEvery, named);
    }
}
