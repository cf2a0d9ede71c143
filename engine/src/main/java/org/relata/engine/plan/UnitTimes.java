package org.relata.engine.plan;

import java.util.Locale;

/// How long a unit took, over all its runs.
public final class UnitTimes {
    private long runs;
    private long least = Long.MAX_VALUE;
    private long total;

    /// Adds a run, in nanoseconds.
    public void add(long nanoseconds) {
        runs++;
        total += nanoseconds;
        least = Math.min(least, nanoseconds);
    }

    /// The shortest run in seconds; 0 before the first.
    public double least() {
        return runs == 0 ? 0 : least / 1e9;
    }

    @Override
    public String toString() {
        return runs == 0
                ? ""
                : String.format(
                        Locale.ROOT, ", ran %,d× in %.1f ms (least %.1f ms)", runs, total / 1e6 / runs, least / 1e6);
    }
}
