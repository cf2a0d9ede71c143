package org.relata.learn.model;

import java.util.Map;
import org.relata.algebra.value.Relation;

/// What a graph convolution learned with one seed.
///
/// @param validation the share of nodes of that split whose class it says rightly; not a number without such nodes
/// @param loss of the training nodes at the end
/// @param parameters by relation
/// @param predicted the number of the most likely class of each node, in the order of their names; −1 where nothing
/// reaches a node
public record GcnResult(
        long seed,
        int epochs,
        double seconds,
        double loss,
        double train,
        double validation,
        double test,
        Map<String, Relation> parameters,
        int[] predicted) {
    /// Copies.
    public GcnResult {
        parameters = Map.copyOf(parameters);
    }
}
