package org.relata.learn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.algebra.value.Relation;

/// What training came to.
///
/// @param stop why it ended
/// @param epochs how many were done in all
/// @param steps how many were done in all
/// @param loss of the final parameters on all data; the mean of the last epoch where data comes by samples alone; of
/// the last step if training was interrupted
/// @param history the mean loss of the steps of each epoch
/// @param seconds how long it took, earlier runs that this one went on from included
/// @param parameters their final values, by relation: those of the best epoch where patience looked for it; none where
/// they stay in the runner
public record TrainingResult(
        Stop stop,
        long epochs,
        long steps,
        double loss,
        List<Double> history,
        double seconds,
        Map<String, Relation> parameters) {
    /// Why training ended.
    public enum Stop {
        /// All epochs are done.
        FINISHED,
        /// The loss did not fall any more.
        PATIENCE,
        /// Its thread was interrupted; what it needs to go on is saved.
        INTERRUPTED
    }

    /// Copies.
    public TrainingResult {
        history = List.copyOf(history);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// The same with parameters.
    TrainingResult with(Map<String, Relation> values) {
        return new TrainingResult(stop, epochs, steps, loss, history, seconds, values);
    }
}
