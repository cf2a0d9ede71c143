package org.relata.bench;

import java.util.ArrayList;
import java.util.List;

/// Two ways to the same result, run in turns so that a busy moment of the machine meets both.
///
/// @param ours the times of Relata
/// @param theirs the times of what it is compared with
/// @param ourPeak the largest resident size of the process during Relata's runs, in megabytes
/// @param theirPeak the same during the other's runs
record SideBySide(Seconds ours, Seconds theirs, long ourPeak, long theirPeak) {
    /// Runs both a number of times.
    ///
    /// @param cleaning what is done after each of the other's runs, outside the time
    static SideBySide of(int rounds, Runnable ours, Runnable theirs, Runnable cleaning) {
        List<Double> ourTimes = new ArrayList<>();
        List<Double> theirTimes = new ArrayList<>();
        long ourPeak = 0;
        long theirPeak = 0;
        for (int round = 0; round < rounds; round++) {
            ResidentMemory.forgetPeak();
            ourTimes.add(seconds(ours));
            ourPeak = Math.max(ourPeak, ResidentMemory.peakMegabytes());
            ResidentMemory.forgetPeak();
            theirTimes.add(seconds(theirs));
            theirPeak = Math.max(theirPeak, ResidentMemory.peakMegabytes());
            cleaning.run();
        }
        return new SideBySide(new Seconds(ourTimes), new Seconds(theirTimes), ourPeak, theirPeak);
    }

    /// How long something takes.
    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
