package org.relata.features;

import java.util.List;

/// One column that a learner sees, and where it comes from.
///
/// @param name unique and readable: `results.mean(points) last 120 days`
/// @param type how a learner should treat its values
/// @param sentence what it says, in plain English: `mean of points over the driver's results in the last 120 days`
/// @param query the name of the query in the plan that computes it
/// @param path the tables it walks through, the entity table first
/// @param time how the rows it reads are bounded by the cut-off; the leak linter's proof obligation
public record Feature(String name, Type type, String sentence, String query, List<String> path, TimeBound time) {
    /// Copies the path.
    public Feature {
        path = List.copyOf(path);
    }

    /// How a learner should treat a feature.
    public enum Type {
        /// A number; missing is NaN.
        NUMERIC,
        /// A category, as a code into [FeatureMatrix#categories(int)]; missing is NaN.
        CATEGORICAL
    }

    /// What keeps a feature from seeing the future.
    public enum TimeBound {
        /// Every row it reads is dated before the cut-off by a condition in its query.
        BEFORE_CUTOFF,
        /// It reads rows of static tables only, which carry no time: nothing to prove, but nothing proven either.
        STATIC,
        /// It is computed from the cut-off and the entity's own key alone.
        CUTOFF_ONLY
    }
}
