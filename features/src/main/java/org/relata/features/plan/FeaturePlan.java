package org.relata.features.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relata.features.Feature;

/// Which features to compute, as data: nothing in it is code, and all SQL is written from it anew each time.
///
/// @param entityTable the table predicted for
/// @param includeCutoff whether parents dated exactly at the cut-off are visible
/// @param tables what features read of each table they reach
/// @param queries one query a join path, cheapest knowledge first
/// @param dropped paths left out to stay within the budget, each with the reason
/// @param estimate what computing the plan is expected to take
public record FeaturePlan(
        String entityTable,
        boolean includeCutoff,
        List<EncodedTable> tables,
        List<PathQuery> queries,
        List<String> dropped,
        Estimate estimate) {
    /// Copies the lists.
    public FeaturePlan {
        tables = List.copyOf(tables);
        queries = List.copyOf(queries);
        dropped = List.copyOf(dropped);
    }

    /// What computing a plan is expected to take.
    ///
    /// @param rows for how many (entity, cut-off) pairs
    /// @param joinedRows how many rows all joins read together
    /// @param seconds how long
    /// @param bytes how large the feature table is in memory
    public record Estimate(long rows, long joinedRows, double seconds, long bytes) {}

    /// All features, in the order of the queries.
    public List<Feature> features() {
        return queries.stream()
                .flatMap(q -> q.outputs().stream())
                .map(Output::feature)
                .toList();
    }

    /// How many features there are.
    public int width() {
        return queries.stream().mapToInt(q -> q.outputs().size()).sum();
    }

    /// What features read of a table.
    public EncodedTable encoded(String table) {
        return tables.stream().filter(t -> t.table().equals(table)).findFirst().orElseThrow();
    }

    /// The plan of some of the features only, by name; queries without any are gone.
    public FeaturePlan keep(List<String> names) {
        Set<String> wanted = new HashSet<>(names);
        List<PathQuery> kept = new ArrayList<>();
        for (PathQuery query : queries) {
            List<Output> outputs = query.outputs().stream()
                    .filter(o -> wanted.contains(o.feature().name()))
                    .toList();
            if (!outputs.isEmpty()) {
                kept.add(query.with(outputs));
            }
        }
        return new FeaturePlan(entityTable, includeCutoff, tables, kept, dropped, estimate);
    }
}
