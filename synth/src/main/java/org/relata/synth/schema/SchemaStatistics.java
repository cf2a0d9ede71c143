package org.relata.synth.schema;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a schema looks like in numbers.
///
/// @param tables how many tables
/// @param activityTables how many that none refers to
/// @param links how many foreign keys
/// @param depth how many tables the longest chain of foreign keys has; circles are cut where they close
/// @param rows how many rows in all tables
/// @param days how many days the time span has
/// @param columns the number of feature columns of each table
/// @param linksOfTables the number of foreign keys of each table
public record SchemaStatistics(
        int tables,
        int activityTables,
        int links,
        int depth,
        long rows,
        long days,
        List<Integer> columns,
        List<Integer> linksOfTables) {
    /// Copies the lists.
    public SchemaStatistics {
        columns = List.copyOf(columns);
        linksOfTables = List.copyOf(linksOfTables);
    }

    /// The statistics of a complete plan.
    public static SchemaStatistics of(SchemaPlan plan) {
        Set<String> referenced = Completion.referenced(plan);
        List<Integer> columns = new ArrayList<>();
        List<Integer> links = new ArrayList<>();
        long rows = 0;
        for (TablePlan table : plan.tables()) {
            columns.add(table.columns().size());
            links.add(table.foreignKeys().size());
            rows += table.rows().orElse(0);
        }
        return new SchemaStatistics(
                plan.tables().size(),
                (int) plan.tables().stream()
                        .filter(t -> !referenced.contains(t.name()))
                        .count(),
                links.stream().mapToInt(Integer::intValue).sum(),
                depth(plan),
                rows,
                plan.span().map(s -> ChronoUnit.DAYS.between(s.from(), s.to())).orElse(0L),
                columns,
                links);
    }

    private static int depth(SchemaPlan plan) {
        Map<String, Integer> depths = new HashMap<>();
        for (TablePlan table : FlowOrder.of(plan)) {
            int deepest = 0;
            for (LinkPlan link : table.foreignKeys()) {
                deepest = Math.max(deepest, depths.getOrDefault(link.parent(), 0));
            }
            depths.put(table.name(), deepest + 1);
        }
        return depths.isEmpty() ? 0 : Collections.max(depths.values());
    }
}
