package org.relata.features.plan;

import java.util.List;
import java.util.Optional;
import org.relata.features.Feature;

/// One feature of a query: which measure, aggregated how, over which rows.
///
/// @param feature what a learner sees
/// @param measure the position of the measure in the encoded end table; -1 when only rows are counted or dated
/// @param aggregation how values become one
/// @param window which rows
/// @param category the code whose share is taken; empty otherwise
/// @param inner the aggregate per child row that is aggregated again, in stacked queries
/// @param categories the categories of the feature by code when it is categorical
public record Output(
        Feature feature,
        int measure,
        Aggregation aggregation,
        Window window,
        Optional<Integer> category,
        Optional<Aggregation> inner,
        List<String> categories) {
    /// Copies the categories.
    public Output {
        categories = List.copyOf(categories);
    }
}
