package org.relata.synth.graph;

import org.relata.synth.config.Config;
import org.relata.synth.config.DagParameters;
import org.relata.synth.random.Draws;

/// A ring of neighbours with some edges rewired.
final class WattsStrogatz {
    private WattsStrogatz() {}

    static int[][] draw(int size, Config config, Draws draws) {
        double rewired = config.get(DagParameters.WS_REWIRE_P_CHOICES).draw(draws);
        int nearest = draws.happens(0.5) ? 2 : 4;
        if (nearest > size) {
            nearest = Math.max(2, size % 2 == 0 ? size : size - 1);
        }
        Edges edges = new Edges(size);
        for (int offset = 1; offset <= nearest / 2; offset++) {
            for (int node = 0; node < size; node++) {
                int next = (node + offset) % size;
                if (next != node) {
                    edges.add(node, next);
                }
            }
        }
        for (int offset = 1; offset <= nearest / 2; offset++) {
            for (int node = 0; node < size; node++) {
                int next = (node + offset) % size;
                if (draws.happens(rewired) && edges.has(node, next) && edges.degree(node) < size - 1) {
                    int other = draws.integer(0, size - 1);
                    while (other == node || edges.has(node, other)) {
                        other = draws.integer(0, size - 1);
                    }
                    edges.remove(node, next);
                    edges.add(node, other);
                }
            }
        }
        edges.connect(draws);
        return edges.lowToHigh();
    }
}
