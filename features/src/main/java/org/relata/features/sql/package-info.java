/// The SQL text of a feature plan, and its execution in the store.
///
/// Here belongs everything that turns [org.relata.features.plan.FeaturePlan] into DuckDB SQL and its results into a
/// [org.relata.features.FeatureMatrix]. Which features exist is decided in `org.relata.features.plan`.
@NullMarked
package org.relata.features.sql;

import org.jspecify.annotations.NullMarked;
