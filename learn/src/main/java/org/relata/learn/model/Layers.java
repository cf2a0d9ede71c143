package org.relata.learn.model;

import java.util.LinkedHashSet;
import java.util.Set;

/// What the two layers of a graph convolution read, by the names of tables.
///
/// @param labels (node, class) that the loss is over
/// @param first edges from features to hidden units
/// @param second edges from hidden units to nodes that are classified
/// @param features of nodes
/// @param varying those of them that differ from step to step
record Layers(String labels, String first, String second, String features, Set<String> varying) {
    private static final String EDGE = "edge";

    /// Copies.
    Layers {
        varying = Set.copyOf(varying);
    }

    /// All of a graph.
    static Layers whole(Graph graph, String labels) {
        return new Layers(labels, EDGE, EDGE, features(graph), Set.of());
    }

    /// A sample of it. Features stay as they are where sums over neighbours read them, and only those; otherwise a step
    /// sees those of its nodes alone, or it would multiply all of them by the weights.
    static Layers sampled(Graph graph, GcnSettings settings) {
        boolean read = !graph.sparse() && settings.inputDropout() == 0;
        String features = read ? features(graph) : "step_" + features(graph);
        Set<String> varying = new LinkedHashSet<>(Set.of("step_label", "first_edge", "second_edge"));
        if (!read) {
            varying.add(features);
        }
        return new Layers("step_label", "first_edge", "second_edge", features, varying);
    }

    private static String features(Graph graph) {
        return graph.sparse() ? "has" : "node";
    }

    /// Whether both layers read the same edges.
    boolean one() {
        return first.equals(second);
    }
}
