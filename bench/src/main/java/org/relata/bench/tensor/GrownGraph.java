package org.relata.bench.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A graph of any size with self loops, ten edges a node, of which none is ever held: edges and features come one after
/// the other, the same whenever they are asked for. How many edges end at a node follows a power law.
///
/// @param label what it is called
/// @param edges without self loops
record GrownGraph(String label, int edges) {
    static final int FEATURES = 128;
    static final int CLASSES = 40;

    private static final int EDGES_A_NODE = 10;
    private static final long SHUFFLE = 48_271;
    private static final double BOUND = 1.7320508;

    int nodes() {
        return edges / EDGES_A_NODE;
    }

    /// Nodes of which the label is known: the first ones.
    int training() {
        return nodes() / 2;
    }

    /// Edges and loops.
    int links() {
        return edges + nodes();
    }

    /// How many edges end at a node, without its loop.
    private int degree(int node) {
        long rank = node * SHUFFLE % nodes();
        return Math.toIntExact(upTo(rank + 1) - upTo(rank));
    }

    /// How many edges end at nodes of the ranks below one.
    private long upTo(long rank) {
        return (long) (edges * Math.cbrt((double) rank / nodes()));
    }

    /// Edges and loops by target, then by source.
    Walk walk() {
        return new Walk();
    }

    /// How many edges and loops begin at each node.
    int[] outDegrees() {
        int[] degrees = new int[nodes()];
        Walk walk = walk();
        for (int at = 0; at < links(); at++) {
            walk.next();
            degrees[walk.source]++;
        }
        return degrees;
    }

    /// Numbers of a layer to start with.
    static float[] glorot(long seed, int rows, int columns) {
        double bound = Math.sqrt(6.0 / (rows + columns));
        return Streams.uniform(seed, rows * columns, -bound, bound);
    }

    /// Features of node after node.
    static Numbers features() {
        SplittableRandom random = new SplittableRandom(102);
        return () -> (float) (random.nextDouble() * (2 * BOUND) - BOUND);
    }

    /// Numbers that come one after the other.
    @FunctionalInterface
    interface Numbers {
        /// The next one.
        float next();
    }

    /// Weights of edge after edge: 1 / √(out-degree of the source × in-degree of the target).
    Numbers weights() {
        int[] out = outDegrees();
        Walk walk = walk();
        return () -> {
            walk.next();
            return (float) (1 / Math.sqrt((double) out[walk.source] * (walk.degree + 1)));
        };
    }

    /// The class of node after node.
    int[] labels() {
        return Streams.integers(103, nodes(), CLASSES);
    }

    /// Goes along all edges.
    final class Walk {
        private final SplittableRandom random = new SplittableRandom(101);
        private int target = -1;
        private int degree;
        private int drawn;
        private boolean looped = true;
        private boolean waits;
        private int source;
        private int drawnSource;

        private Walk() {}

        /// Goes on to the next edge.
        void next() {
            if (looped && !waits && drawn == degree) {
                degree = degree(++target);
                drawn = 0;
                looped = false;
            }
            if (!waits && drawn < degree) {
                drawnSource = draw();
                waits = true;
            }
            if (!looped && (!waits || target < drawnSource)) {
                looped = true;
                source = target;
            } else {
                waits = false;
                source = drawnSource;
            }
        }

        /// One source from each of as many ranges as there are edges: they are different and come in order.
        private int draw() {
            long others = nodes() - 1;
            long from = others * drawn / degree;
            long to = others * (drawn + 1L) / degree;
            drawn++;
            int one = (int) (from + (long) (random.nextDouble() * (to - from)));
            return one < target ? one : one + 1;
        }

        int target() {
            return target;
        }

        int source() {
            return source;
        }
    }

    /// Writes the files that the peers read.
    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Walk sources = walk();
            RawFile.writeIntegers(folder.resolve("src.i32"), links(), () -> {
                sources.next();
                return sources.source();
            });
            Walk targets = walk();
            RawFile.writeIntegers(folder.resolve("dst.i32"), links(), () -> {
                targets.next();
                return targets.target();
            });
            RawFile.write(folder.resolve("w.f32"), links(), weights());
            RawFile.write(folder.resolve("feat.f32"), (long) nodes() * FEATURES, features());
            RawFile.write(folder.resolve("label.i32"), labels());
            RawFile.write(folder.resolve("w1.f32"), glorot(104, FEATURES, Graph.HIDDEN));
            RawFile.write(folder.resolve("w2.f32"), glorot(105, Graph.HIDDEN, CLASSES));
            Files.writeString(
                    folder.resolve("meta.json"),
                    "{\"V\": %d, \"E\": %d, \"nnz\": %d, \"features\": %d, \"labels\": %d, \"hidden\": %d, \"train\": %d}"
                            .formatted(nodes(), edges, links(), FEATURES, CLASSES, Graph.HIDDEN, training()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
