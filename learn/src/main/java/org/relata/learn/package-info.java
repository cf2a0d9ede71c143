/// Models and what surrounds them: training, sampling, evaluation, prediction.
///
/// Not here: how features are written as queries (`org.relata.features`), the database and its tasks
/// (`org.relata.database`), commands and reports (`org.relata.cli`).
@NullMarked
package org.relata.learn;

import org.jspecify.annotations.NullMarked;
