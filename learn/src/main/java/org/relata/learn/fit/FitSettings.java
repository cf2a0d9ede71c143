package org.relata.learn.fit;

import java.time.Duration;
import java.util.OptionalInt;
import org.relata.database.task.Regime;

/// Everything that decides the outcome of a fit besides the data and the task.
///
/// @param method how predictions are made
/// @param regime what predictions with late seed times may see
/// @param depth how many links a feature may follow, 1 to 3
/// @param budget how much time features and search may take together
/// @param candidates how many models the search may try at most, which unlike a budget gives the same result on
/// a faster machine; empty for as many as suit the number of rows
/// @param memoryBytes how much memory the whole process may use
/// @param threads how many threads may work
/// @param seed what all randomness derives from
/// @param refit whether the final model is fitted on train and validation rows together
public record FitSettings(
        Method method,
        Regime regime,
        int depth,
        Duration budget,
        OptionalInt candidates,
        long memoryBytes,
        int threads,
        long seed,
        boolean refit) {
    /// Refuses values outside their ranges.
    public FitSettings {
        if (depth < 1 || depth > 3) {
            throw org.relata.database.RelataException.usage(
                    "fit.depth", "--depth " + depth, "features follow one to three links", "use 1, 2 or 3");
        }
        if (candidates.isPresent() && candidates.getAsInt() < 1) {
            throw org.relata.database.RelataException.usage(
                    "fit.candidates",
                    "--candidates " + candidates.getAsInt(),
                    "at least one model has to be tried",
                    "use 1 or more");
        }
        if (threads < 1) {
            throw org.relata.database.RelataException.usage(
                    "fit.threads", "--threads " + threads, "at least one thread is needed", "use 1 or more");
        }
    }

    /// The defaults: automatic method, frozen regime, depth 3, ten minutes, any number of candidates, 8 GiB, all
    /// processors, seed 0, refit.
    public static FitSettings standard() {
        return new FitSettings(
                Method.AUTO,
                Regime.FROZEN,
                3,
                Duration.ofMinutes(10),
                OptionalInt.empty(),
                8L << 30,
                Runtime.getRuntime().availableProcessors(),
                0,
                true);
    }
}
