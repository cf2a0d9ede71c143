package org.relata.learn.tabular;

import java.util.List;
import org.relata.database.RelataException;

/// How a linear model is fitted, and what it may cost.
///
/// @param penalties the L2 penalties to try, strongest first, each starting where the one before ended. They multiply
/// half the
///     squared length of the coefficients of standardised columns, and stand beside the mean loss of a row.
/// @param maxColumns how many columns the features may be spread over; beyond it those least correlated with the label
/// go
/// @param maxValues how many rows times columns are held at once, 4 bytes each; beyond it a random part of the rows is
/// used
/// @param maxIterations steps of the solver for each penalty
public record LinearSettings(List<Double> penalties, int maxColumns, long maxValues, int maxIterations) {
    /// Refuses an empty path and penalties that are not positive.
    public LinearSettings {
        penalties = List.copyOf(penalties);
        if (penalties.isEmpty() || penalties.stream().anyMatch(p -> !(p > 0) || p.isInfinite())) {
            throw RelataException.usage(
                    "linear.penalties", "penalties", "they are " + penalties, "give at least one, all above 0");
        }
        if (maxColumns < 1 || maxValues < 1 || maxIterations < 1) {
            throw new IllegalArgumentException("bounds must be positive");
        }
    }

    /// A path from almost no coefficients to almost no penalty, within 80 MB.
    public static LinearSettings standard() {
        return new LinearSettings(
                List.of(30.0, 10.0, 3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001), 2_000, 20_000_000, 100);
    }

    /// One penalty only.
    public LinearSettings withPenalty(double penalty) {
        return new LinearSettings(List.of(penalty), maxColumns, maxValues, maxIterations);
    }
}
