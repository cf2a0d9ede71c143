package org.relata.features.plan;

import java.util.List;

/// All features of one join path: computed by one query.
///
/// @param name the query's name, unique in the plan: `q07`
/// @param path the way through the schema
/// @param stacked whether the last hop is aggregated per row of the hop before it, and those aggregates again
/// @param outputs its features, in order
/// @param rowsPerEntity the estimated number of rows joined for each (entity, cut-off) pair
public record PathQuery(String name, JoinPath path, boolean stacked, List<Output> outputs, double rowsPerEntity) {
    /// Copies the outputs.
    public PathQuery {
        outputs = List.copyOf(outputs);
    }

    /// The same query with other outputs.
    public PathQuery with(List<Output> chosen) {
        return new PathQuery(name, path, stacked, chosen, rowsPerEntity);
    }
}
