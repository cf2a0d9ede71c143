package org.relata.synth.scm;

/// Puts what a block of rows hears along two edges into aggregates: the loops in which most time is spent.
///
/// Everything lies row by row. A row reads the two ends of one line of each edge, which the compiler turns into a few
/// vector instructions; two edges at a time, because then the aggregate is read and written half as often. Every
/// operand is an array of its own and read at the same place, which is what the compiler can vectorise.
final class Pairs {
    private Pairs() {}

    /// Adds, times a factor.
    static void add(Heard one, Heard two, float factor, float[][] into, int count) {
        for (int r = 0; r < count; r++) {
            float[][] a = one.lines().ends();
            float[][] b = two.lines().ends();
            int i = one.cell()[r];
            int k = two.cell()[r];
            float wa = factor * one.part()[r];
            float wb = factor * two.part()[r];
            add(into[r], a[i], a[i + 1], b[k], b[k + 1], factor - wa, wa, factor - wb, wb, into[r].length);
        }
    }

    private static void add(
            float[] z, float[] a, float[] a2, float[] b, float[] b2, float wa, float wa2, float wb, float wb2, int n) {
        for (int j = 0; j < n; j++) {
            z[j] = Math.fma(wb2, b2[j], Math.fma(wb, b[j], Math.fma(wa2, a2[j], Math.fma(wa, a[j], z[j]))));
        }
    }

    /// Keeps the largest.
    static void max(Heard one, Heard two, float[][] into, int count) {
        for (int r = 0; r < count; r++) {
            float[][] a = one.lines().ends();
            float[][] b = two.lines().ends();
            int i = one.cell()[r];
            int k = two.cell()[r];
            float wa = one.part()[r];
            float wb = two.part()[r];
            max(into[r], a[i], a[i + 1], b[k], b[k + 1], 1 - wa, wa, 1 - wb, wb, into[r].length);
        }
    }

    private static void max(
            float[] z, float[] a, float[] a2, float[] b, float[] b2, float wa, float wa2, float wb, float wb2, int n) {
        for (int j = 0; j < n; j++) {
            float larger = Math.max(Math.fma(wa2, a2[j], wa * a[j]), Math.fma(wb2, b2[j], wb * b[j]));
            z[j] = Math.max(z[j], larger);
        }
    }

    /// Multiplies, within a bound.
    static void multiply(Heard one, Heard two, float[][] into, int count) {
        for (int r = 0; r < count; r++) {
            float[][] a = one.lines().ends();
            float[][] b = two.lines().ends();
            int i = one.cell()[r];
            int k = two.cell()[r];
            float wa = one.part()[r];
            float wb = two.part()[r];
            multiply(into[r], a[i], a[i + 1], b[k], b[k + 1], 1 - wa, wa, 1 - wb, wb, into[r].length);
        }
    }

    private static void multiply(
            float[] z, float[] a, float[] a2, float[] b, float[] b2, float wa, float wa2, float wb, float wb2, int n) {
        for (int j = 0; j < n; j++) {
            float product = Math.fma(wa2, a2[j], wa * a[j]) * Math.fma(wb2, b2[j], wb * b[j]) * z[j];
            z[j] = Math.max(-Messages.PRODUCT_BOUND, Math.min(Messages.PRODUCT_BOUND, product));
        }
    }

    /// Adds the exponentials of what is heard along one edge, relative to the largest.
    static void addExponentials(Heard heard, float[][] sums, float[][] largest, int count) {
        for (int r = 0; r < count; r++) {
            float[][] a = heard.lines().ends();
            int i = heard.cell()[r];
            float w = heard.part()[r];
            addExponentials(sums[r], largest[r], a[i], a[i + 1], 1 - w, w, sums[r].length);
        }
    }

    private static void addExponentials(
            float[] sum, float[] largest, float[] a, float[] a2, float wa, float wa2, int width) {
        for (int j = 0; j < width; j++) {
            sum[j] += Floats.decay(Math.fma(wa2, a2[j], wa * a[j]) - largest[j]);
        }
    }
}
