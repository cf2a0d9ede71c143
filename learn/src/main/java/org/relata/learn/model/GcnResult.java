package org.relata.learn.model;

import java.util.List;
import java.util.Map;
import org.relata.algebra.value.Relation;

/// What a graph convolution learned with one seed.
///
/// @param validation the share of nodes of that split whose class it says rightly; not a number without such nodes
/// @param loss of the training nodes at the end
/// @param parameters by relation
/// @param predictions a row a node
public record GcnResult(
        long seed,
        int epochs,
        double seconds,
        double loss,
        double train,
        double validation,
        double test,
        Map<String, Relation> parameters,
        List<Prediction> predictions) {
    /// What it says of a node.
    ///
    /// @param node as the files name it
    /// @param predicted the most likely class
    /// @param label the class that it has; empty where that is not known
    public record Prediction(String node, String predicted, String label, Split split) {}

    /// Copies.
    public GcnResult {
        parameters = Map.copyOf(parameters);
        predictions = List.copyOf(predictions);
    }
}
