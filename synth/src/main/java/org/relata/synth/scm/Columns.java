package org.relata.synth.scm;

/// Arithmetic on columns of numbers: the loops in which nearly all time is spent.
///
/// Every operand is an array of its own and read at the same place, which is what the compiler can vectorise.
final class Columns {
    private Columns() {}

    /// Adds a weighted sum of eight columns.
    static void addEight(float[] into, float[][] x, int[] which, float[] w, int at, int count) {
        addEight(
                into,
                x[which[at]],
                x[which[at + 1]],
                x[which[at + 2]],
                x[which[at + 3]],
                x[which[at + 4]],
                x[which[at + 5]],
                x[which[at + 6]],
                x[which[at + 7]],
                w[at],
                w[at + 1],
                w[at + 2],
                w[at + 3],
                w[at + 4],
                w[at + 5],
                w[at + 6],
                w[at + 7],
                count);
    }

    @SuppressWarnings("TooManyParameters") // eight columns and their weights, to stay in registers
    private static void addEight(
            float[] into,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float[] g,
            float[] h,
            float wa,
            float wb,
            float wc,
            float wd,
            float we,
            float wf,
            float wg,
            float wh,
            int count) {
        for (int r = 0; r < count; r++) {
            into[r] = Math.fma(
                    wh,
                    h[r],
                    Math.fma(
                            wg,
                            g[r],
                            Math.fma(
                                    wf,
                                    f[r],
                                    Math.fma(
                                            we,
                                            e[r],
                                            Math.fma(
                                                    wd,
                                                    d[r],
                                                    Math.fma(
                                                            wc,
                                                            c[r],
                                                            Math.fma(wb, b[r], Math.fma(wa, a[r], into[r]))))))));
        }
    }

    /// Adds a weighted column.
    static void addOne(float[] into, float[] x, float w, int count) {
        for (int r = 0; r < count; r++) {
            into[r] = Math.fma(w, x[r], into[r]);
        }
    }

    /// Multiplies by a factor and cuts at a bound.
    static void scale(float[] x, float factor, float bound, int count) {
        for (int r = 0; r < count; r++) {
            x[r] = Math.max(-bound, Math.min(bound, factor * x[r]));
        }
    }

    /// Adds.
    static void add(float[] into, float[] x, int count) {
        for (int r = 0; r < count; r++) {
            into[r] += x[r];
        }
    }

    /// Keeps the larger.
    static void max(float[] into, float[] x, int count) {
        for (int r = 0; r < count; r++) {
            into[r] = Math.max(into[r], x[r]);
        }
    }

    /// Multiplies, within a bound.
    static void multiply(float[] into, float[] x, float bound, int count) {
        for (int r = 0; r < count; r++) {
            into[r] = Math.max(-bound, Math.min(bound, into[r] * x[r]));
        }
    }

    /// Adds the exponentials of what a column is below the largest.
    static void addExponentials(float[] sum, float[] x, float[] largest, int count) {
        for (int r = 0; r < count; r++) {
            sum[r] += Floats.decay(x[r] - largest[r]);
        }
    }

    /// Adds a sum of exponentials that is relative to another largest.
    static void addScaled(float[] sum, float[] otherSum, float[] other, float[] largest, int count) {
        for (int r = 0; r < count; r++) {
            sum[r] += otherSum[r] * Floats.decay(other[r] - largest[r]);
        }
    }

    /// Adds the logarithms of sums, each of which is one or more but for rounding.
    static void addLogarithm(float[] into, float[] sum, int count) {
        for (int r = 0; r < count; r++) {
            into[r] += Floats.logAboveOne(sum[r]);
        }
    }
}
