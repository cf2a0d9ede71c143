/// How predictions are scored against labels: the metrics of RelBench under its names, and which one decides.
///
/// Here belong pure functions of labels and predictions. Which rows are scored, and by whom, does not, nor do intervals
/// around
/// a score.
@NullMarked
package org.relata.database.metric;

import org.jspecify.annotations.NullMarked;
