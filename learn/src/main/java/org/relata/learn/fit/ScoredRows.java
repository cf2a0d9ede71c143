package org.relata.learn.fit;

import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;

/// The rows of a split with what was predicted for them.
///
/// @param split the split
/// @param rows entities, seed times and labels
/// @param predictions `[rows][outputs]`: a value, a probability of class 1, or C probabilities
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
public record ScoredRows(Split split, TaskRows rows, double[][] predictions) {}
