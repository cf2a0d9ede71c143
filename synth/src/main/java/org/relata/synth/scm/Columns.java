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

    /// Adds a weighted sum of four columns.
    static void addFour(float[] into, float[][] x, int[] which, float[] w, int at, int count) {
        float[] a = x[which[at]];
        float[] b = x[which[at + 1]];
        float[] c = x[which[at + 2]];
        float[] d = x[which[at + 3]];
        float wa = w[at];
        float wb = w[at + 1];
        float wc = w[at + 2];
        float wd = w[at + 3];
        for (int r = 0; r < count; r++) {
            into[r] = Math.fma(wd, d[r], Math.fma(wc, c[r], Math.fma(wb, b[r], Math.fma(wa, a[r], into[r]))));
        }
    }

    /// Adds a weighted column.
    static void addOne(float[] into, float[] x, float w, int count) {
        for (int r = 0; r < count; r++) {
            into[r] = Math.fma(w, x[r], into[r]);
        }
    }

    /// Cuts at a bound.
    static void cut(float[] x, float bound, int count) {
        for (int r = 0; r < count; r++) {
            x[r] = Math.max(-bound, Math.min(bound, x[r]));
        }
    }
}
