package org.relata.learn.model;

import java.util.List;
import java.util.stream.IntStream;
import org.relata.learn.train.Checksum;

/// A graph whose nodes are to be classified. Nodes, features and classes count from 0.
///
/// @param nodes the names of nodes, as the files have them
/// @param classes the names of classes
/// @param labels the class of each node; −1 where it is not known
/// @param splits what each node is for
/// @param features how many features there are
/// @param sparse whether features are rows (node, feature) rather than a vector of each node
/// @param edges (dst, src) with weights: both directions and a loop at each node, normalised symmetrically
/// @param values features, in the one form or the other
record Graph(
        List<String> nodes,
        List<String> classes,
        int[] labels,
        List<Split> splits,
        int features,
        boolean sparse,
        Rows edges,
        Rows values) {
    /// Copies.
    Graph {
        nodes = List.copyOf(nodes);
        classes = List.copyOf(classes);
        splits = List.copyOf(splits);
    }

    /// A few characters that differ where graphs do.
    String checksum() {
        Checksum sum = Checksum.of(nodes, classes, splits).and(labels);
        return "checksum " + values.add(edges.add(sum)).text();
    }

    /// The nodes of a split.
    int[] of(Split split) {
        return IntStream.range(0, nodes.size())
                .filter(node -> splits.get(node) == split)
                .toArray();
    }
}
