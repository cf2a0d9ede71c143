package org.relata.synth.config;

import org.relata.database.RelataException;
import org.relata.synth.random.Draws;

/// Real numbers between two ends.
///
/// @param low the smallest
/// @param high what they stay below, unless it equals the smallest
public record RealRange(double low, double high) implements Choices<Double> {
    /// Refuses an empty or infinite range.
    public RealRange {
        if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw RelataException.usage(
                    "synth.range",
                    "range [" + low + ", " + high + "]",
                    "its low end is above its high end, or one is not finite",
                    "give two finite numbers, the smaller one first");
        }
    }

    @Override
    public Double draw(Draws draws) {
        return draws.uniform(low, high);
    }
}
