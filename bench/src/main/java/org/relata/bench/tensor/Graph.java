package org.relata.bench.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A graph with self loops, as wide, deep and skewed as a known one: where edges end follows a power law.
///
/// @param source of each edge, sorted by target, then by source
/// @param target of each edge
/// @param weight 1 / √(out-degree of the source × in-degree of the target)
record Graph(Size size, int[] source, int[] target, float[] weight) {
    /// What a graph is like.
    ///
    /// @param edges without self loops
    /// @param training nodes of which the label is known: the first ones
    enum Size {
        /// As ogbn-arxiv.
        ARXIV("arxiv", 169_343, 1_166_243, 128, 40, 90_941),
        /// A tenth of ogbn-products.
        PRODUCTS("products10", 244_903, 6_185_914, 100, 47, 19_662);

        private final String label;
        private final int nodes;
        private final int edges;
        private final int features;
        private final int classes;
        private final int training;

        Size(String label, int nodes, int edges, int features, int classes, int training) {
            this.label = label;
            this.nodes = nodes;
            this.edges = edges;
            this.features = features;
            this.classes = classes;
            this.training = training;
        }

        String label() {
            return label;
        }

        int nodes() {
            return nodes;
        }

        int features() {
            return features;
        }

        int classes() {
            return classes;
        }

        int training() {
            return training;
        }
    }

    /// Numbers of the hidden layer.
    static final int HIDDEN = 256;

    private static final long SHUFFLE = 48_271;

    /// Draws a graph.
    static Graph draw(Size size) {
        long[] edges = edges(size);
        int count = edges.length;
        int[] out = new int[size.nodes];
        int[] in = new int[size.nodes];
        for (long edge : edges) {
            in[(int) (edge / size.nodes)]++;
            out[(int) (edge % size.nodes)]++;
        }
        int[] source = new int[count];
        int[] target = new int[count];
        float[] weight = new float[count];
        for (int at = 0; at < count; at++) {
            target[at] = (int) (edges[at] / size.nodes);
            source[at] = (int) (edges[at] % size.nodes);
            weight[at] = (float) (1 / Math.sqrt((double) out[source[at]] * in[target[at]]));
        }
        return new Graph(size, source, target, weight);
    }

    /// Edges as target × nodes + source, in order, self loops among them.
    private static long[] edges(Size size) {
        SplittableRandom random = new SplittableRandom(101);
        long[] edges = new long[size.edges + size.nodes];
        LongSet seen = new LongSet(size.edges);
        int count = 0;
        while (count < size.edges) {
            int source = (int) (random.nextDouble() * size.nodes);
            double rank = random.nextDouble();
            long target = (long) (rank * rank * rank * size.nodes) * SHUFFLE % size.nodes;
            if (source != target && seen.add(target * size.nodes + source)) {
                edges[count++] = target * size.nodes + source;
            }
        }
        for (int node = 0; node < size.nodes; node++) {
            edges[count++] = (long) node * size.nodes + node;
        }
        Arrays.sort(edges);
        return edges;
    }

    /// The features of all nodes.
    float[] features() {
        return Streams.uniform(102, size.nodes * size.features, -1.7320508, 1.7320508);
    }

    /// The class of each node.
    int[] labels() {
        return Streams.integers(103, size.nodes, size.classes);
    }

    /// What the first layer starts with.
    float[] first() {
        return glorot(104, size.features, HIDDEN);
    }

    /// What the second layer starts with.
    float[] second() {
        return glorot(105, HIDDEN, size.classes);
    }

    private static float[] glorot(long seed, int rows, int columns) {
        double bound = Math.sqrt(6.0 / (rows + columns));
        return Streams.uniform(seed, rows * columns, -bound, bound);
    }

    /// Writes the files that the peers read.
    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            RawFile.write(folder.resolve("src.i32"), source);
            RawFile.write(folder.resolve("dst.i32"), target);
            RawFile.write(folder.resolve("w.f32"), weight);
            RawFile.write(folder.resolve("feat.f32"), features());
            RawFile.write(folder.resolve("label.i32"), labels());
            RawFile.write(folder.resolve("w1.f32"), first());
            RawFile.write(folder.resolve("w2.f32"), second());
            Files.writeString(
                    folder.resolve("meta.json"),
                    "{\"V\": %d, \"E\": %d, \"nnz\": %d, \"features\": %d, \"labels\": %d, \"hidden\": %d, \"train\": %d}"
                            .formatted(
                                    size.nodes,
                                    size.edges,
                                    source.length,
                                    size.features,
                                    size.classes,
                                    HIDDEN,
                                    size.training));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A set of numbers that are not negative.
    private static final class LongSet {
        private final long[] slots;

        LongSet(int size) {
            slots = new long[Integer.highestOneBit(size) << 2];
            Arrays.fill(slots, -1);
        }

        boolean add(long number) {
            int mask = slots.length - 1;
            int slot = (int) (number * 0x9E3779B97F4A7C15L >>> 32) & mask;
            while (slots[slot] >= 0 && slots[slot] != number) {
                slot = (slot + 1) & mask;
            }
            boolean fresh = slots[slot] < 0;
            slots[slot] = number;
            return fresh;
        }
    }
}
