/// Training of models that are written in the relational algebra, on any runner.
///
/// Here belong optimisers as algebra, how parameters start, batches, the loop over steps, and what it takes to go on
/// after a crash. Commands, SQL text and connections do not.
@NullMarked
package org.relata.learn.train;

import org.jspecify.annotations.NullMarked;
