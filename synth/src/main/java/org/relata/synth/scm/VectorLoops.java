package org.relata.synth.scm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Loops over vectors. Rows of a latent space are 32 numbers: left to itself the compiler works out most of these one
/// by
/// one, before and after the few vectors between.
final class VectorLoops implements Loops {
    private static final int WIDEST = 256;
    private static final int NARROWEST = 128;
    /// Wider ones would be fewer to a row, and make processors slow down.
    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.vectorBitSize() >= WIDEST ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

    private static final int LANES = SPECIES.length();

    /// Whether vectors are wide enough.
    static boolean wide() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= NARROWEST;
    }

    private static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(SPECIES, x, at);
    }

    /// A place between the ends of a line.
    private static FloatVector between(float[] end, float[] next, int j, float w, float w2) {
        return load(next, j)
                .fma(FloatVector.broadcast(SPECIES, w2), load(end, j).mul(w));
    }

    private static float between(float end, float next, float w, float w2) {
        return Math.fma(w2, next, w * end);
    }

    @Override
    public void add(Heard one, Heard two, float factor, float[][] into, int count) {
        for (int r = 0; r < count; r++) {
            float[][] a = one.lines().ends();
            float[][] b = two.lines().ends();
            int i = one.cell()[r];
            int k = two.cell()[r];
            float wa = factor * one.part()[r];
            float wb = factor * two.part()[r];
            add(into[r], a[i], a[i + 1], b[k], b[k + 1], factor - wa, wa, factor - wb, wb);
        }
    }

    private static void add(
            float[] z, float[] a, float[] a2, float[] b, float[] b2, float wa, float wa2, float wb, float wb2) {
        int j = 0;
        for (; j <= z.length - LANES; j += LANES) {
            FloatVector sum = load(a, j).fma(FloatVector.broadcast(SPECIES, wa), load(z, j));
            sum = load(a2, j).fma(FloatVector.broadcast(SPECIES, wa2), sum);
            sum = load(b, j).fma(FloatVector.broadcast(SPECIES, wb), sum);
            sum = load(b2, j).fma(FloatVector.broadcast(SPECIES, wb2), sum);
            sum.intoArray(z, j);
        }
        for (; j < z.length; j++) {
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
            max(into[r], a[i], a[i + 1], b[k], b[k + 1], one.part()[r], two.part()[r]);
        }
    }

    private static void max(float[] z, float[] a, float[] a2, float[] b, float[] b2, float wa, float wb) {
        int j = 0;
        for (; j <= z.length - LANES; j += LANES) {
            FloatVector larger = between(a, a2, j, 1 - wa, wa).max(between(b, b2, j, 1 - wb, wb));
            load(z, j).max(larger).intoArray(z, j);
        }
        for (; j < z.length; j++) {
            float larger = Math.max(between(a[j], a2[j], 1 - wa, wa), between(b[j], b2[j], 1 - wb, wb));
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
            multiply(into[r], a[i], a[i + 1], b[k], b[k + 1], one.part()[r], two.part()[r]);
        }
    }

    private static void multiply(float[] z, float[] a, float[] a2, float[] b, float[] b2, float wa, float wb) {
        int j = 0;
        for (; j <= z.length - LANES; j += LANES) {
            between(a, a2, j, 1 - wa, wa)
                    .mul(between(b, b2, j, 1 - wb, wb))
                    .mul(load(z, j))
                    .min(Messages.PRODUCT_BOUND)
                    .max(-Messages.PRODUCT_BOUND)
                    .intoArray(z, j);
        }
        for (; j < z.length; j++) {
            float product = between(a[j], a2[j], 1 - wa, wa) * between(b[j], b2[j], 1 - wb, wb) * z[j];
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
            int i = 0;
            for (; i <= width - LANES; i += LANES) {
                load(into, j + i).add(load(values, place + i)).intoArray(into, j + i);
            }
            for (; i < width; i++) {
                into[j + i] += values[place + i];
            }
        }
    }

    /// Some vectors of rows at a time stand in registers while the columns are read: eight are as many as a processor
    /// needs to be busy.
    @Override
    public void sum(float[][] x, int[] which, float[] w, float[] into, int at, int count) {
        int r = 0;
        for (; r <= count - 8 * LANES; r += 8 * LANES) {
            sumEight(x, which, w, into, at, r);
        }
        for (; r <= count - 2 * LANES; r += 2 * LANES) {
            sumTwo(x, which, w, into, at, r);
        }
        for (; r < count; r++) {
            float sum = 0;
            for (int i = 0; i < w.length; i++) {
                sum = Math.fma(w[i], x[which[i]][r], sum);
            }
            into[at + r] = sum;
        }
    }

    private static void sumEight(float[][] x, int[] which, float[] w, float[] into, int at, int r) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
        FloatVector sum7 = sum0;
        for (int i = 0; i < w.length; i++) {
            float[] own = x[which[i]];
            FloatVector weight = FloatVector.broadcast(SPECIES, w[i]);
            sum0 = load(own, r).fma(weight, sum0);
            sum1 = load(own, r + LANES).fma(weight, sum1);
            sum2 = load(own, r + 2 * LANES).fma(weight, sum2);
            sum3 = load(own, r + 3 * LANES).fma(weight, sum3);
            sum4 = load(own, r + 4 * LANES).fma(weight, sum4);
            sum5 = load(own, r + 5 * LANES).fma(weight, sum5);
            sum6 = load(own, r + 6 * LANES).fma(weight, sum6);
            sum7 = load(own, r + 7 * LANES).fma(weight, sum7);
        }
        sum0.intoArray(into, at + r);
        sum1.intoArray(into, at + r + LANES);
        sum2.intoArray(into, at + r + 2 * LANES);
        sum3.intoArray(into, at + r + 3 * LANES);
        sum4.intoArray(into, at + r + 4 * LANES);
        sum5.intoArray(into, at + r + 5 * LANES);
        sum6.intoArray(into, at + r + 6 * LANES);
        sum7.intoArray(into, at + r + 7 * LANES);
    }

    private static void sumTwo(float[][] x, int[] which, float[] w, float[] into, int at, int r) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        for (int i = 0; i < w.length; i++) {
            float[] own = x[which[i]];
            FloatVector weight = FloatVector.broadcast(SPECIES, w[i]);
            sum0 = load(own, r).fma(weight, sum0);
            sum1 = load(own, r + LANES).fma(weight, sum1);
        }
        sum0.intoArray(into, at + r);
        sum1.intoArray(into, at + r + LANES);
    }

    @Override
    public void takeLogarithms(float[][] sums, float[] most, int count) {
        for (int r = 0; r < count; r++) {
            takeLogarithms(sums[r], most);
        }
    }

    private static void takeLogarithms(float[] z, float[] most) {
        int j = 0;
        for (; j <= most.length - LANES; j += LANES) {
            log(load(z, j)).add(load(most, j)).intoArray(z, j);
        }
        for (; j < most.length; j++) {
            z[j] = most[j] + Floats.log(z[j]);
        }
    }

    /// As [Floats#log], step by step.
    private static FloatVector log(FloatVector x) {
        var bits = x.reinterpretAsInts();
        FloatVector exponent =
                (FloatVector) bits.lanewise(VectorOperators.LSHR, 23).sub(127).convert(VectorOperators.I2F, 0);
        FloatVector t = bits.and(0x7FFFFF).or(0x3F800000).reinterpretAsFloats().sub(1);
        FloatVector s = t.div(t.add(2));
        FloatVector q = s.mul(s);
        FloatVector p = q.mul(1f / 11).add(1f / 9);
        p = p.mul(q).add(1f / 7);
        p = p.mul(q).add(1f / 5);
        p = p.mul(q).add(1f / 3);
        p = p.mul(q).add(1);
        FloatVector log = exponent.mul(Floats.LN_2).add(s.mul(2).mul(p));
        VectorMask<Float> none = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        return log.blend(Floats.LOG_OF_ZERO, none);
    }
}
