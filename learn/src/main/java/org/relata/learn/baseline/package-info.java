/// Trivial predictors: constants, chance, and what an entity's own past labels say. They read labels and nothing else,
/// always
/// run, and are what a model has to beat.
///
/// Anything that reads a feature does not belong here.
@NullMarked
package org.relata.learn.baseline;

import org.jspecify.annotations.NullMarked;
