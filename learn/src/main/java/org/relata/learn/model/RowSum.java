package org.relata.learn.model;

/// A sum over rows, by which data is known again when a run is gone on from. It does not depend on the order of rows,
/// nor on how many come at a time: where keys say where a row belongs, a database may give rows in any order.
final class RowSum {
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private long sum;

    /// And rows.
    ///
    /// @param keys a column for each attribute
    /// @param values of all rows, one after the other; none where each is 1
    void add(int[][] keys, float[] values, int rows) {
        int width = values.length == 0 ? 0 : values.length / Math.max(1, keys[0].length);
        for (int row = 0; row < rows; row++) {
            long hash = ODD;
            for (int[] column : keys) {
                hash = mixed(hash, column[row]);
            }
            for (int at = row * width; at < (row + 1) * width; at++) {
                hash = mixed(hash, Float.floatToRawIntBits(values[at]));
            }
            sum += hash ^ (hash >>> 29);
        }
    }

    private static long mixed(long hash, int bits) {
        long next = (hash ^ bits) * ODD;
        return next ^ (next >>> 32);
    }

    /// A few characters.
    String text() {
        return Long.toHexString(sum);
    }
}
