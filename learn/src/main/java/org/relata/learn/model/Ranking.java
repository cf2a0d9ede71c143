package org.relata.learn.model;

/// How well a model finds the missing entity of facts: each fact is asked for its tail and for its head, all entities
/// are ranked, and those that make another known fact are left out.
///
/// @param queries how often an entity was asked for
/// @param mrr the mean of one over the rank
/// @param meanRank the mean rank; equal scores share the mean of their ranks
/// @param hits1 the share of ranks up to 1
/// @param hits3 the share of ranks up to 3
/// @param hits10 the share of ranks up to 10
public record Ranking(long queries, double mrr, double meanRank, double hits1, double hits3, double hits10) {
    /// From the ranks.
    static Ranking of(double[] ranks) {
        double reciprocal = 0;
        double sum = 0;
        long[] hits = new long[3];
        int[] limits = {1, 3, 10};
        for (double rank : ranks) {
            reciprocal += 1 / rank;
            sum += rank;
            for (int limit = 0; limit < limits.length; limit++) {
                hits[limit] += rank <= limits[limit] ? 1 : 0;
            }
        }
        double count = ranks.length;
        return new Ranking(
                ranks.length, reciprocal / count, sum / count, hits[0] / count, hits[1] / count, hits[2] / count);
    }
}
