package org.relata.synth.link;

/// How the rows of one side are cut into clusters: contiguous blocks of equal size, in several levels.
///
/// Trailing clusters may be empty, and the last one that is not may be smaller, when the number does not divide the
/// rows.
///
/// @param rows the number of rows
/// @param hierarchy the clusters of each level, the first level being the coarsest
record Blocks(long rows, int[] hierarchy) {
    /// The number of clusters, over all levels.
    int clusters() {
        int clusters = 1;
        for (int level : hierarchy) {
            clusters *= level;
        }
        return clusters;
    }

    /// The rows of a full cluster.
    long blockSize() {
        return Math.max(1, Math.ceilDiv(rows, clusters()));
    }

    /// The cluster of a row.
    int cluster(long row) {
        return (int) (row / blockSize());
    }

    /// The first row of a cluster.
    long start(int cluster) {
        return Math.min(rows, cluster * blockSize());
    }

    /// The rows of a cluster; zero for an empty one.
    long size(int cluster) {
        return start(cluster + 1) - start(cluster);
    }

    /// The coordinate of a cluster at a level.
    int coordinate(int cluster, int level) {
        int below = 1;
        for (int l = level + 1; l < hierarchy.length; l++) {
            below *= hierarchy[l];
        }
        return cluster / below % hierarchy[level];
    }
}
