package org.relata.synth.scm;

import java.util.Arrays;

/// Loops that the compiler can turn into vector instructions by itself: every operand is an array of its own and read
/// at
/// the same place.
final class PlainLoops implements Loops {
    @Override
    public void add(Heard one, Heard two, float factor, float[][] into, int count) {
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

    @Override
    public void max(Heard one, Heard two, float[][] into, int count) {
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

    @Override
    public void multiply(Heard one, Heard two, float[][] into, int count) {
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

    @Override
    public void addGroups(float[] values, long bits, float[] into, int from) {
        long rest = bits;
        int until = Math.min(into.length, from + Noise.PLACES_A_WORD * Noise.TOGETHER);
        for (int j = from; j < until; j += Noise.TOGETHER) {
            int place = Noise.place(rest);
            rest >>>= Noise.PLACE_BITS;
            int width = Math.min(Noise.TOGETHER, until - j);
            for (int i = 0; i < width; i++) {
                into[j + i] += values[place + i];
            }
        }
    }

    @Override
    public void sum(float[][] x, int[] which, float[] w, float[] into, int at, int count) {
        if (at > 0) {
            float[] own = new float[count];
            sum(x, which, w, own, 0, count);
            System.arraycopy(own, 0, into, at, count);
            return;
        }
        Arrays.fill(into, 0, count, 0);
        int i = 0;
        for (; i + 8 <= w.length; i += 8) {
            Columns.addEight(into, x, which, w, i, count);
        }
        for (; i + 4 <= w.length; i += 4) {
            Columns.addFour(into, x, which, w, i, count);
        }
        for (; i < w.length; i++) {
            Columns.addOne(into, x[which[i]], w[i], count);
        }
    }

    @Override
    public void takeLogarithms(float[][] sums, float[] most, int count) {
        for (int r = 0; r < count; r++) {
            takeLogarithms(sums[r], most, most.length);
        }
    }

    private static void takeLogarithms(float[] z, float[] most, int width) {
        for (int j = 0; j < width; j++) {
            z[j] = most[j] + Floats.log(z[j]);
        }
    }
}
