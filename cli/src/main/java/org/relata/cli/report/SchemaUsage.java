package org.relata.cli.report;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.learn.fit.Importance;

/// What features read of a schema, for the diagram to highlight.
///
/// @param entity the table that is predicted for, if any
/// @param importance the share of the features' importance by the table they read; tables without any are missing
/// @param links the pairs of tables that features walk between, in both directions
public record SchemaUsage(Optional<String> entity, Map<String, Double> importance, Set<Link> links) {
    /// A step between two tables.
    ///
    /// @param from where it starts
    /// @param to where it ends
    public record Link(String from, String to) {}

    /// Copies the collections, keeping their order.
    public SchemaUsage {
        importance = Collections.unmodifiableMap(new LinkedHashMap<>(importance));
        links = Set.copyOf(links);
    }

    /// Nothing used, nothing predicted: a plain diagram.
    public static SchemaUsage none() {
        return new SchemaUsage(Optional.empty(), Map.of(), Set.of());
    }

    /// What the most important features read. A feature counts for the last table of its path: the one whose rows it
    /// summarises.
    public static SchemaUsage of(String entity, List<Importance> importances) {
        Map<String, Double> byTable = new LinkedHashMap<>();
        Set<Link> links = new HashSet<>();
        for (Importance importance : importances) {
            List<String> path = importance.feature().path();
            byTable.merge(path.isEmpty() ? entity : path.getLast(), finite(importance.share()), Double::sum);
            for (int i = 1; i < path.size(); i++) {
                links.add(new Link(path.get(i - 1), path.get(i)));
                links.add(new Link(path.get(i), path.get(i - 1)));
            }
        }
        Map<String, Double> sorted = new LinkedHashMap<>();
        byTable.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new SchemaUsage(Optional.of(entity), sorted, links);
    }

    /// Whether there is anything to highlight.
    boolean known() {
        return entity.isPresent();
    }

    /// Whether features read the table or are about it.
    boolean uses(String table) {
        return importance.containsKey(table)
                || entity.filter(table::equals).isPresent()
                || links.stream().anyMatch(link -> link.from().equals(table));
    }

    private static double finite(double share) {
        return Double.isFinite(share) ? share : 0;
    }
}
