/// The main line: from a database and a task to a fitted pipeline, honest scores and predictions.
///
/// Here belongs what decides which rows, cut-offs and labels a model may see, and in which order: the protocol. Models
/// themselves (`learn.tabular`), features and label SQL do not, nor does anything that prints.
@NullMarked
package org.relata.learn.fit;

import org.jspecify.annotations.NullMarked;
