package org.relata.synth.graph;

import org.relata.synth.random.Draws;

/// Layouts that decide on every pair of nodes.
final class Dense {
    private static final double STEEPEST = 500;

    private Dense() {}

    /// Draws both directed edges of each pair and forgets the direction, as the reference does: an edge of the result
    /// has the probability 1-(1-p)², which is more than half already for p = 0.3.
    static int[][] erdosRenyi(int size, double p, Draws draws) {
        Edges edges = new Edges(size);
        double either = 1 - (1 - p) * (1 - p);
        for (int a = 0; a < size; a++) {
            for (int b = a + 1; b < size; b++) {
                if (draws.happens(either)) {
                    edges.add(a, b);
                }
            }
        }
        edges.connect(draws);
        return edges.lowToHigh();
    }

    /// Gives every node a tendency to send and one to receive, both Cauchy, so that few nodes have most edges.
    static int[][] randomCauchy(int size, Draws draws) {
        double all = draws.cauchy();
        double[] sends = new double[size];
        double[] receives = new double[size];
        for (int node = 0; node < size; node++) {
            sends[node] = draws.cauchy();
            receives[node] = draws.cauchy();
        }
        Edges edges = new Edges(size);
        for (int a = 0; a < size; a++) {
            for (int b = a + 1; b < size; b++) {
                double logit = Math.max(-STEEPEST, Math.min(STEEPEST, all + sends[a] + receives[b]));
                if (draws.happens(1 / (1 + StrictMath.exp(-logit)))) {
                    edges.add(a, b);
                }
            }
        }
        edges.connect(draws);
        return edges.lowToHigh();
    }
}
