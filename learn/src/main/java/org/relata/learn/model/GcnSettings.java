package org.relata.learn.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.algebra.value.AlgebraException;

/// How a graph convolution is built and trained.
///
/// @param hidden units between the two layers
/// @param biases whether each layer adds a vector of its own
/// @param inputDropout the share of features that a step does not see
/// @param dropout the share of hidden units that a step does not see
/// @param decay λ of the first layer's weights: λ/2 of their squares is added to the loss
/// @param rate the learning rate of Adam
/// @param batches which part of the graph a step sees; all of it otherwise
public record GcnSettings(
        int hidden,
        boolean biases,
        double inputDropout,
        double dropout,
        double decay,
        double rate,
        int epochs,
        Optional<NeighbourBatches> batches) {
    /// Checks the numbers.
    public GcnSettings {
        check(hidden >= 1, "--hidden", hidden, "give at least 1");
        check(inputDropout >= 0 && inputDropout < 1, "--input-dropout", inputDropout, "give 0 or more, below 1");
        check(dropout >= 0 && dropout < 1, "--dropout", dropout, "give 0 or more, below 1");
        check(decay >= 0 && decay < Double.POSITIVE_INFINITY, "--weight-decay", decay, "give 0 or more");
        check(epochs >= 1, "--epochs", epochs, "give at least 1");
    }

    /// With all of the graph at every step.
    public GcnSettings(
            int hidden, boolean biases, double inputDropout, double dropout, double decay, double rate, int epochs) {
        this(hidden, biases, inputDropout, dropout, decay, rate, epochs, Optional.empty());
    }

    private static void check(boolean holds, String what, double number, String remedy) {
        if (!holds) {
            throw new AlgebraException("gcn.number", what, number + " makes no sense there", remedy);
        }
    }

    /// Of Kipf and Welling (2017) for citation graphs.
    public static GcnSettings citation() {
        return new GcnSettings(16, false, 0.5, 0.5, 5e-4, 0.01, 200);
    }

    /// Of Tang et al. (2023) for large graphs, where relations are differentiated.
    public static GcnSettings large() {
        return new GcnSettings(256, true, 0, 0.5, 0, 0.1, 100);
    }

    /// What a run has to have in common with one that it goes on from, by the names of the command line.
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("--hidden", Integer.toString(hidden));
        named.put("--input-dropout", Double.toString(inputDropout));
        named.put("--dropout", Double.toString(dropout));
        named.put("--weight-decay", Double.toString(decay));
        batches.ifPresent(each -> {
            named.put("--batch", Integer.toString(each.nodes()));
            named.put("--fan-out", each.fanOut());
        });
        return named;
    }

    /// What is computed in place of training: nothing is left out.
    GcnSettings whole() {
        return new GcnSettings(hidden, biases, 0, 0, decay, rate, epochs);
    }
}
