/// What `grad` and `train` do with a model file.
///
/// Here belongs what joins parsing, databases, runners and the training loop. Options and exit codes do not.
@NullMarked
package org.relata.cli.train;

import org.jspecify.annotations.NullMarked;
