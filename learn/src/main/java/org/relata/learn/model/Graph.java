package org.relata.learn.model;

import java.util.List;
import java.util.stream.IntStream;
import org.relata.learn.train.Checksum;

/// A graph whose nodes are to be classified. Nodes, features and classes count from 0. What grows with edges or
/// features
/// is not here: it stays in the files and a database until it is bound.
///
/// @param nodes how many there are
/// @param names a few characters that differ where the names of nodes do
/// @param classes the names of classes
/// @param labels the class of each node; −1 where it is not known
/// @param splits what each node is for, as ordinals
/// @param features how many features there are
/// @param sparse whether features are rows (node, feature) rather than a vector of each node
/// @param edges (dst, src) with weights: both directions and a loop at each node, normalised symmetrically
/// @param values features, in the one form or the other
record Graph(
        int nodes,
        String names,
        List<String> classes,
        int[] labels,
        byte[] splits,
        int features,
        boolean sparse,
        RowSource edges,
        RowSource values) {
    /// Copies.
    Graph {
        classes = List.copyOf(classes);
    }

    /// A few characters that differ where graphs do.
    ///
    /// @param rows of edges and features
    String checksum(RowSum rows) {
        return "checksum "
                + Checksum.of(List.of(names, rows.text()), classes)
                        .and(labels)
                        .and(splits)
                        .text();
    }

    /// What a node is for.
    Split split(int node) {
        return Split.values()[splits[node]];
    }

    /// The nodes of a split.
    int[] of(Split split) {
        return IntStream.range(0, nodes)
                .filter(node -> splits[node] == split.ordinal())
                .toArray();
    }

    /// How many there are of them.
    long count(Split split) {
        return IntStream.range(0, nodes)
                .filter(node -> splits[node] == split.ordinal())
                .count();
    }
}
