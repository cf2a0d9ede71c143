package org.relata.learn.train;

import java.time.Duration;

/// Hears how far training is. Calls come from the thread that trains.
public interface TrainingListener {
    /// Where training stands after a step.
    ///
    /// @param epoch the current one, counting from 1
    /// @param step how many steps were done in all, earlier runs that this one goes on from included
    /// @param steps how many there will be
    /// @param loss of the step, before it changed the parameters
    /// @param rate steps a second in this run
    /// @param remaining about how long the rest takes
    record Standing(long epoch, long epochs, long step, long steps, double loss, double rate, Duration remaining) {}

    /// Training begins.
    ///
    /// @param done how many steps an earlier run did
    /// @param steps how many there will be
    void begin(long done, long steps);

    /// A step is done.
    void step(Standing standing);

    /// An epoch is done.
    ///
    /// @param loss the mean loss of its steps
    void epoch(long epoch, double loss);

    /// Something to read.
    void note(String message);

    /// Hears everything and says nothing.
    static TrainingListener silent() {
        return new TrainingListener() {
            @Override
            public void begin(long done, long steps) {}

            @Override
            public void step(Standing standing) {}

            @Override
            public void epoch(long epoch, double loss) {}

            @Override
            public void note(String message) {}
        };
    }
}
