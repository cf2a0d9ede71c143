package org.relata.synth.config;

import org.relata.database.RelataException;
import org.relata.synth.random.Draws;

/// Whole numbers between two ends.
///
/// @param low the smallest
/// @param high the largest
public record IntegerRange(int low, int high) implements Choices<Integer> {
    /// Refuses an empty range.
    public IntegerRange {
        if (low > high) {
            throw RelataException.usage(
                    "synth.range",
                    "range [" + low + ", " + high + "]",
                    "its low end is above its high end",
                    "swap them");
        }
    }

    @Override
    public Integer draw(Draws draws) {
        return draws.integer(low, high);
    }

    /// A number with a probability in proportion to its inverse: many small ones, few large ones.
    public int drawPowerLaw(Draws draws) {
        if (low < 1) {
            throw RelataException.usage(
                    "synth.range",
                    "range [" + low + ", " + high + "]",
                    "a power law needs positive numbers",
                    "start at 1 or more");
        }
        double total = 0;
        for (int i = low; i <= high; i++) {
            total += 1.0 / i;
        }
        double wanted = draws.uniform() * total;
        for (int i = low; i < high; i++) {
            wanted -= 1.0 / i;
            if (wanted < 0) {
                return i;
            }
        }
        return high;
    }
}
