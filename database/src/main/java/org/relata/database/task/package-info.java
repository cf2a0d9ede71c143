/// What to predict: prediction tasks, their files, seed times, splits and label tables.
///
/// Here belongs everything that says which (entity, seed time) rows exist and what their labels are. Features, models
/// and how predictions are scored do not.
@NullMarked
package org.relata.database.task;

import org.jspecify.annotations.NullMarked;
