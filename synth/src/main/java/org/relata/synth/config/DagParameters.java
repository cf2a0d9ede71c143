package org.relata.synth.config;

import java.util.List;
import org.relata.synth.config.Parameter.Group;

/// The layouts of graphs.
public final class DagParameters {
    /// The edges of a new node (BarabasiAlbert).
    public static final Parameter<Integer> BA_M =
            new Parameter<>(Group.DAG, "ba_m", Codec.whole(1, 1000), 2, "The edges of a new node (BarabasiAlbert).");

    /// The probability that a sink loses one of its edges.
    public static final Parameter<Double> BA_SINK_EDGE_DROPOUT = new Parameter<>(
            Group.DAG,
            "ba_sink_edge_dropout",
            Codec.real(0, 1),
            0.4,
            "The probability that a sink loses one of its edges.");

    /// The probability that the only edge of a sink is reversed.
    public static final Parameter<Double> BA_FLIP_LEAF_EDGE_PROB = new Parameter<>(
            Group.DAG,
            "ba_flip_leaf_edge_prob",
            Codec.real(0, 1),
            0.0,
            "The probability that the only edge of a sink is reversed.");

    /// The in-degree up to which a reversed edge may lead to a node.
    public static final Parameter<Integer> BA_MAX_IN_DEGREE = new Parameter<>(
            Group.DAG,
            "ba_max_in_degree",
            Codec.whole(1, 1000000),
            4,
            "The in-degree up to which a reversed edge may lead to a node.");

    /// The probability of each of the two directed edges of a pair (ErdosRenyi).
    public static final Parameter<Choices<Double>> ER_P_CHOICES = new Parameter<>(
            Group.DAG,
            "er_p_choices",
            Codec.reals(0, 1),
            Choices.range(0.3, 0.8),
            "The probability of each of the two directed edges of a pair (ErdosRenyi).");

    /// The probability that an edge is rewired (WattsStrogatz).
    public static final Parameter<Choices<Double>> WS_REWIRE_P_CHOICES = new Parameter<>(
            Group.DAG,
            "ws_rewire_p_choices",
            Codec.reals(0, 1),
            Choices.range(0.1, 0.3),
            "The probability that an edge is rewired (WattsStrogatz).");

    /// The number of layers (Layered).
    public static final Parameter<Choices<Integer>> LAYERED_DEPTH_CHOICES = new Parameter<>(
            Group.DAG,
            "layered_depth_choices",
            Codec.wholes(1, 10000),
            Choices.range(2, 8),
            "The number of layers (Layered).");

    /// The probability that an edge between layers is left out (Layered).
    public static final Parameter<Double> LAYERED_EDGE_DROPOUT_P = new Parameter<>(
            Group.DAG,
            "layered_edge_dropout_p",
            Codec.real(0, 1),
            0.1,
            "The probability that an edge between layers is left out (Layered).");

    /// The law of the weights of a graph's edges.
    public static final Parameter<Choices<EdgeLaw>> EDGE_WEIGHT_DIST_CHOICES = new Parameter<>(
            Group.DAG,
            "edge_weight_dist_choices",
            Codec.names(EdgeLaw.class),
            new OneOf<>(List.of(EdgeLaw.values())),
            "The law of the weights of a graph's edges.");

    private DagParameters() {}

    static List<Parameter<?>> all() {
        return List.of(
                BA_M,
                BA_SINK_EDGE_DROPOUT,
                BA_FLIP_LEAF_EDGE_PROB,
                BA_MAX_IN_DEGREE,
                ER_P_CHOICES,
                WS_REWIRE_P_CHOICES,
                LAYERED_DEPTH_CHOICES,
                LAYERED_EDGE_DROPOUT_P,
                EDGE_WEIGHT_DIST_CHOICES);
    }
}
