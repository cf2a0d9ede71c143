package org.relata.synth.link;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.AliasTable;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// A hierarchical stochastic block model between the rows of a parent table and of a child table.
///
/// Both sides are cut into clusters in several levels. The probability of a parent is in proportion to the product over
/// the levels of an affinity between the two rows' clusters, high where they match. All parents of a cluster are as
/// likely, or as likely as they are popular, so a row is drawn in two steps, each in constant time: a cluster from the
/// table of the child's cluster, and a parent within it.
public final class BlockModel implements Links {
    private static final double MATCHING = 0.9;
    private static final double LEAST = 0.001;
    private static final double MOST = 0.002;

    private final Key key;
    private final Blocks parents;
    private final Blocks children;
    private final double[][] affinity;
    private final Popularity popularity;
    private final AliasTable[] tables;
    private final double[] totals;

    /// A model.
    ///
    /// @param key the key of the foreign key's links
    /// @param parents the parent side
    /// @param children the child side, with as many levels
    /// @param matrices for each level, the affinities of parent clusters (rows) to child clusters
    /// @param popularity how likely the parents of a cluster are
    BlockModel(Key key, Blocks parents, Blocks children, double[][][] matrices, Popularity popularity) {
        this.key = key.child("pick");
        this.parents = parents;
        this.children = children;
        this.popularity = popularity;
        this.affinity = affinities(parents, children, matrices);
        this.tables = new AliasTable[children.clusters()];
        this.totals = new double[tables.length];
        for (int child = 0; child < tables.length; child++) {
            if (children.size(child) > 0) {
                double[] weights = clusterWeights(child);
                tables[child] = new AliasTable(weights);
                totals[child] = Arrays.stream(weights).sum();
            }
        }
    }

    /// Draws a model.
    ///
    /// @param config its `bi_hsbm` parameters are used
    /// @param key the key of the foreign key's links
    /// @param parents the rows of the parent table, at least one
    /// @param children the rows of the child table
    /// @param popularity how likely the parents of a cluster are
    public static BlockModel draw(Config config, Key key, long parents, long children, Popularity popularity) {
        Draws draws = key.child("blocks").draws();
        int levels = config.get(ScmParameters.BI_HSBM_LEVELS_CHOICES).draw(draws);
        int[] above = hierarchy(levels, config, draws);
        int[] below = hierarchy(levels, config, draws);
        double[][][] matrices = IntStream.range(0, levels)
                .mapToObj(level -> matrix(above[level], below[level], draws))
                .toArray(double[][][]::new);
        return new BlockModel(key, new Blocks(parents, above), new Blocks(children, below), matrices, popularity);
    }

    private static int[] hierarchy(int levels, Config config, Draws draws) {
        return IntStream.range(0, levels)
                .map(_ -> config.get(ScmParameters.BI_HSBM_CLUSTERS_PER_LEVEL_CHOICES)
                        .draw(draws))
                .toArray();
    }

    private static double[][] matrix(int parents, int children, Draws draws) {
        double[][] matrix = new double[parents][children];
        for (double[] row : matrix) {
            for (int child = 0; child < children; child++) {
                row[child] = draws.uniform(LEAST, MOST);
            }
        }
        for (int i = 0; i < Math.max(parents, children); i++) {
            matrix[i % parents][i % children] = MATCHING;
        }
        return matrix;
    }

    private static double[][] affinities(Blocks parents, Blocks children, double[][][] matrices) {
        double[][] affinities = new double[children.clusters()][parents.clusters()];
        for (int child = 0; child < affinities.length; child++) {
            for (int parent = 0; parent < affinities[child].length; parent++) {
                double product = 1;
                for (int level = 0; level < matrices.length; level++) {
                    product *= matrices[level][parents.coordinate(parent, level)][children.coordinate(child, level)];
                }
                affinities[child][parent] = product;
            }
        }
        return affinities;
    }

    private double[] clusterWeights(int child) {
        double[] weights = new double[parents.clusters()];
        double largest = 0;
        for (int parent = 0; parent < weights.length; parent++) {
            weights[parent] =
                    affinity[child][parent] * popularity.total(parents.start(parent), parents.start(parent + 1));
            largest = Math.max(largest, weights[parent]);
        }
        if (largest == 0) {
            throw new IllegalArgumentException("no parent may be referred to");
        }
        return weights;
    }

    @Override
    public long parent(long row) {
        int cluster = tables[children.cluster(row)].draw(key.bits(2 * row));
        return popularity.pick(parents.start(cluster), parents.start(cluster + 1), key.bits(2 * row + 1));
    }

    /// The probability that a row refers to a parent, for checks.
    ///
    /// @param row a row of the child table
    /// @param parent a row of the parent table
    double probability(long row, long parent) {
        double total = totals[children.cluster(row)];
        return affinity[children.cluster(row)][parents.cluster(parent)] * popularity.total(parent, parent + 1) / total;
    }
}
