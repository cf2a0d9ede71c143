package org.relata.learn.train;

import java.util.Set;

/// What the steps of an epoch see of the data: ranges of a table, say, or samples that are bound before each step.
///
/// A step's data depends on seed, epoch and number alone, so that training goes on from a checkpoint to equal numbers.
public interface Feed {
    /// How many steps an epoch has.
    int steps();

    /// The relations that differ from step to step.
    Set<String> varying();

    /// What is fed, in a few characters: it differs where that does.
    String fingerprint();

    /// Whether all data can be shown at once, to compute the loss over it.
    boolean complete();

    /// Lets the runner see what a step sees.
    ///
    /// @param epoch counting from 0
    /// @param step within the epoch, counting from 0
    void show(long seed, long epoch, int step);

    /// Lets the runner see everything, where that is possible.
    void showAll();
}
