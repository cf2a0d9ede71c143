package org.relata.synth.graph;

import java.util.Arrays;
import org.relata.synth.config.Config;
import org.relata.synth.config.DagParameters;
import org.relata.synth.config.EdgeLaw;
import org.relata.synth.config.Layout;
import org.relata.synth.random.Draws;

/// Draws graphs.
public final class Dags {
    private Dags() {}

    /// Draws a connected graph without circles.
    ///
    /// @param layout how
    /// @param size the number of nodes, at least one
    /// @param config its `dag_params` are used
    /// @param draws random numbers
    public static Dag draw(Layout layout, int size, Config config, Draws draws) {
        if (size < 1) {
            throw new IllegalArgumentException("a graph needs a node");
        }
        int[][] parents = size == 1
                ? new int[1][0]
                : switch (layout) {
                    case ERDOS_RENYI ->
                        Dense.erdosRenyi(
                                size, config.get(DagParameters.ER_P_CHOICES).draw(draws), draws);
                    case RANDOM_CAUCHY -> Dense.randomCauchy(size, draws);
                    case BARABASI_ALBERT -> BarabasiAlbert.draw(size, config, draws);
                    case RANDOM_TREE -> Trees.fromRoot(size, draws);
                    case REVERSE_RANDOM_TREE -> reversed(Trees.fromRoot(size, draws));
                    case WATTS_STROGATZ -> WattsStrogatz.draw(size, config, draws);
                    case LAYERED -> Layered.draw(size, config, draws);
                };
        return new Dag(
                parents,
                weights(
                        parents,
                        config.get(DagParameters.EDGE_WEIGHT_DIST_CHOICES).draw(draws),
                        draws));
    }

    /// The parents of each node when every edge is turned round.
    static int[][] reversed(int[][] parents) {
        int[] degrees = new int[parents.length];
        Arrays.stream(parents).flatMapToInt(Arrays::stream).forEach(p -> degrees[p]++);
        int[][] reversed = new int[parents.length][];
        Arrays.setAll(reversed, node -> new int[degrees[node]]);
        for (int node = parents.length - 1; node >= 0; node--) {
            for (int parent : parents[node]) {
                reversed[parent][--degrees[parent]] = node;
            }
        }
        return reversed;
    }

    private static float[][] weights(int[][] parents, EdgeLaw law, Draws draws) {
        float[][] weights = new float[parents.length][];
        for (int node = 0; node < parents.length; node++) {
            weights[node] = new float[parents[node].length];
            for (int i = 0; i < weights[node].length; i++) {
                weights[node][i] = (float) weight(law, draws);
            }
        }
        return weights;
    }

    /// One weight.
    static double weight(EdgeLaw law, Draws draws) {
        return switch (law) {
            case GAUSSIAN -> draws.normal();
            case LOGNORMAL -> StrictMath.exp(draws.normal());
            case CAUCHY -> draws.cauchy();
            case UNIFORM -> draws.uniform(-2, 2);
        };
    }
}
