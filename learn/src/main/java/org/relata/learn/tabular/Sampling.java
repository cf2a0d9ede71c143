package org.relata.learn.tabular;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Random choices of rows.
final class Sampling {
    private Sampling() {}

    /// Different row numbers below `rows` in ascending order, each as likely as another; all of them when all are
    /// wanted.
    static int[] ascending(int rows, int wanted, SplittableRandom random) {
        if (wanted >= rows) {
            return IntStream.range(0, rows).toArray();
        }
        int[] chosen = new int[wanted];
        int taken = 0;
        for (int row = 0; taken < wanted; row++) {
            if (random.nextInt(rows - row) < wanted - taken) {
                chosen[taken++] = row;
            }
        }
        return chosen;
    }
}
