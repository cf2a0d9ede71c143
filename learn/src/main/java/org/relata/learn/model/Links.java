package org.relata.learn.model;

import java.util.List;
import org.relata.algebra.value.Shape;

/// The edges of a graph from pairs of its nodes in order, of which some may stand there twice: each is taken once, with
/// the weight 1 / sqrt(degree(dst) · degree(src)). To sort and count takes a database less than to group, and no more
/// memory the more there is.
final class Links implements Pieces {
    private final Pieces pairs;
    private final int[] degrees;
    private int count;

    private Links(Pieces pairs, int nodes) {
        this.pairs = pairs;
        this.degrees = new int[nodes];
    }

    /// Relation rows (dst, src).
    ///
    /// @param pairs in the order of both
    static RowSource of(Pieces pairs, int nodes) {
        Links links = new Links(pairs, nodes);
        links.once((dst, _) -> {
            links.degrees[dst]++;
            links.count = Math.incrementExact(links.count);
        });
        return new Streamed(links, List.of("dst", "src"), Shape.SCALAR, links.count, false);
    }

    @FunctionalInterface
    private interface Pair {
        void of(int dst, int src);
    }

    /// Goes through pairs, each once.
    private void once(Pair pair) {
        int[] last = {-1, -1};
        pairs.each((rows, columns, _) -> {
            for (int row = 0; row < rows; row++) {
                int dst = columns[0][row];
                int src = columns[1][row];
                if (dst < last[0] || dst == last[0] && src < last[1]) {
                    throw new IllegalStateException("pair " + dst + ", " + src + " came after " + last[0]);
                }
                if (dst != last[0] || src != last[1]) {
                    pair.of(dst, src);
                    last[0] = dst;
                    last[1] = src;
                }
            }
        });
    }

    @Override
    public void each(Piece piece) {
        int[][] columns = new int[2][MOST];
        float[] weights = new float[MOST];
        int[] filled = {0};
        once((dst, src) -> {
            if (filled[0] == MOST) {
                piece.rows(MOST, columns, weights);
                filled[0] = 0;
            }
            columns[0][filled[0]] = dst;
            columns[1][filled[0]] = src;
            weights[filled[0]++] = (float) (1 / Math.sqrt((double) degrees[dst] * degrees[src]));
        });
        piece.rows(filled[0], columns, weights);
    }
}
