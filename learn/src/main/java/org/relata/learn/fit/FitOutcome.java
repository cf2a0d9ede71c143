package org.relata.learn.fit;

import java.util.List;
import org.relata.database.task.Split;

/// A finished fit: what was found out, what was predicted, and the pipeline that predicts again.
///
/// @param result scores and reasons
/// @param scored validation and test rows with predictions, in the order of the label tables
/// @param pipeline what predicts for further rows
public record FitOutcome(FitResult result, List<ScoredRows> scored, FittedPipeline pipeline) implements AutoCloseable {
    /// Copies the list.
    public FitOutcome {
        scored = List.copyOf(scored);
    }

    /// The rows of a split.
    public ScoredRows of(Split split) {
        return scored.stream().filter(s -> s.split() == split).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
