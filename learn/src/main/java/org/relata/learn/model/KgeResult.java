package org.relata.learn.model;

import org.relata.learn.train.TrainingResult;

/// What embeddings learned.
///
/// @param validation how well facts are found that were there to choose by
/// @param test how well facts are found that nothing was learned from
/// @param evaluated seconds that took
public record KgeResult(TrainingResult training, Ranking validation, Ranking test, double evaluated) {}
