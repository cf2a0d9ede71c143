/// Models over a feature matrix: boosted trees, a regularised linear model, calibration, and uncertainty.
///
/// Here belongs what maps a [org.relata.features.FeatureMatrix] and labels to predictions. Databases, tasks' SQL,
/// cut-offs and splits do not: `org.relata.learn.fit` decides what a model sees.
@NullMarked
package org.relata.learn.tabular;

import org.jspecify.annotations.NullMarked;
