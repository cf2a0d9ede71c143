package org.relata.engine.lanes;

import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Exponentials, logarithms and what is made of them, of arrays of 32-bit numbers, by operations that are rounded in
/// one
/// way only.
///
/// The Vector API's own functions give other last bits where a loop is interpreted than where it is compiled, so that
/// results would depend on when the virtual machine compiles. Polynomials are those of Cephes (Moshier 1989); errors
/// are
/// below two units in the last place. Numbers pass through several short loops over a few hundred of them: the compiler
/// gives up on vectors where one method holds many operations.
final class FloatMath {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /// Numbers at a time.
    private static final int SOME = 512;

    /// Added to a number, it leaves the nearest integer in the lowest bits.
    private static final float ROUNDING = 0x1.8p23f;

    private static final int EXPONENT = 23;
    private static final int BIAS = 127;

    private static final List<Stage> EXP = List.of(FloatMath::split, FloatMath::series, FloatMath::scale);
    private static final List<Stage> LOG = List.of(
            FloatMath::remember, FloatMath::takeApart, FloatMath::balance, FloatMath::logSeries, FloatMath::unusual);
    private static final List<Stage> SIGMOID =
            joined(List.of(FloatMath::give, FloatMath::decay), EXP, List.of(FloatMath::share));
    private static final List<Stage> TANH =
            joined(List.of(FloatMath::give, FloatMath::twice), EXP, List.of(FloatMath::farTanh, FloatMath::nearTanh));
    private static final List<Stage> SOFTPLUS = joined(
            List.of(FloatMath::give, FloatMath::decay),
            EXP,
            List.of(FloatMath::keepAndAddOne),
            LOG,
            List.of(FloatMath::aboveZero));

    /// Each thread's: making arrays anew for a row of forty numbers would take longer than the rest.
    private static final ThreadLocal<FloatMath> OWN = ThreadLocal.withInitial(FloatMath::new);

    /// What is worked on: whole vectors up to `size`.
    private final float[] x = new float[SOME];

    /// What is needed meanwhile.
    private final float[] one = new float[SOME];

    private final float[] other = new float[SOME];
    private final float[] given = new float[SOME];
    private final float[] kept = new float[SOME];
    private int size;

    private FloatMath() {}

    /// A loop over the numbers. The compiler does not see which one is next, and so puts none into another.
    @FunctionalInterface
    private interface Stage {
        void run(FloatMath numbers);
    }

    @SafeVarargs
    private static List<Stage> joined(List<Stage>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    static void exp(float[] in, int inAt, float[] out, int outAt, int count) {
        each(in, inAt, out, outAt, count, EXP);
    }

    static void log(float[] in, int inAt, float[] out, int outAt, int count) {
        each(in, inAt, out, outAt, count, LOG);
    }

    static void tanh(float[] in, int inAt, float[] out, int outAt, int count) {
        each(in, inAt, out, outAt, count, TANH);
    }

    static void sigmoid(float[] in, int inAt, float[] out, int outAt, int count) {
        each(in, inAt, out, outAt, count, SIGMOID);
    }

    static void softplus(float[] in, int inAt, float[] out, int outAt, int count) {
        each(in, inAt, out, outAt, count, SOFTPLUS);
    }

    private static void each(float[] in, int inAt, float[] out, int outAt, int count, List<Stage> stages) {
        FloatMath numbers = OWN.get();
        for (int from = 0; from < count; from += SOME) {
            int some = Math.min(SOME, count - from);
            System.arraycopy(in, inAt + from, numbers.x, 0, some);
            numbers.run(some, stages);
            System.arraycopy(numbers.x, 0, out, outAt + from, some);
        }
    }

    /// The sum of the exponentials of what numbers are beyond one of them.
    static float sumOfExponentials(float[] in, int at, int count, float anchor) {
        FloatMath numbers = OWN.get();
        float sum = 0;
        for (int from = 0; from < count; from += SOME) {
            int some = Math.min(SOME, count - from);
            numbers.subtract(in, at + from, some, anchor);
            numbers.run(some, EXP);
            sum += numbers.sum(some);
        }
        return sum;
    }

    private void run(int count, List<Stage> stages) {
        size = (count + LANES - 1) / LANES * LANES;
        for (Stage stage : stages) {
            stage.run(this);
        }
    }

    private void subtract(float[] in, int at, int count, float anchor) {
        for (int i = 0; i < count; i++) {
            x[i] = in[at + i] - anchor;
        }
    }

    private float sum(int count) {
        int whole = SPECIES.loopBound(count);
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            sums = sums.add(load(x, i));
        }
        float sum = LaneSums.of(sums);
        for (int i = whole; i < count; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    private static FloatVector all(float number) {
        return FloatVector.broadcast(SPECIES, number);
    }

    /// x = whole · log 2 + rest: leaves `whole` in `one` and `rest` in `x`.
    private void split() {
        for (int i = 0; i < size; i += LANES) {
            // Beyond, all is infinite or 0.
            FloatVector some = load(x, i).min(90).max(-105);
            FloatVector whole = some.fma(all(1.44269504f), all(ROUNDING)).sub(ROUNDING);
            whole.intoArray(one, i);
            whole.fma(all(2.12194440e-4f), whole.fma(all(-0.693359375f), some)).intoArray(x, i);
        }
    }

    /// The exponential of what is near 0.
    private void series() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector rest = load(x, i);
            FloatVector sum = rest.fma(all(1.9875691500e-4f), all(1.3981999507e-3f));
            sum = sum.fma(rest, all(8.3334519073e-3f));
            sum = sum.fma(rest, all(4.1665795894e-2f));
            sum = sum.fma(rest, all(1.6666665459e-1f));
            sum = sum.fma(rest, all(5.0000001201e-1f));
            sum.mul(rest).fma(rest, rest).add(1).intoArray(x, i);
        }
    }

    /// x · 2ʷ, where w is in `one`, in two steps, so that neither is beyond the range of numbers.
    private void scale() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector whole = load(one, i);
            FloatVector half = whole.mul(0.5f).add(ROUNDING).sub(ROUNDING);
            load(x, i).mul(power(half)).mul(power(whole.sub(half))).intoArray(x, i);
        }
    }

    /// 2 to the power of whole numbers.
    private static FloatVector power(FloatVector whole) {
        IntVector bits = whole.add(ROUNDING).reinterpretAsInts();
        return bits.add(BIAS).lanewise(VectorOperators.LSHL, EXPONENT).reinterpretAsFloats();
    }

    private void remember() {
        System.arraycopy(x, 0, other, 0, size);
    }

    private void give() {
        System.arraycopy(x, 0, given, 0, size);
    }

    /// x = part · 2ᵉ with a part between ½ and 1: leaves e in `one` and the part in `x`.
    private void takeApart() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector number = load(x, i);
            VectorMask<Float> tiny = number.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = number.blend(number.mul(0x1p25f), tiny).reinterpretAsInts();
            // The exponent as a number: under the one of 2²³ its bits stand in the lowest places.
            FloatVector exponent = bits.lanewise(VectorOperators.LSHR, EXPONENT)
                    .or(0x4B000000)
                    .reinterpretAsFloats()
                    .sub(0x1p23f + BIAS - 1);
            exponent.blend(exponent.sub(25), tiny).intoArray(one, i);
            bits.and(0x007FFFFF).or(0x3F000000).reinterpretAsFloats().intoArray(x, i);
        }
    }

    /// Moves parts to between √½ and √2, and takes 1 away.
    private void balance() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector part = load(x, i);
            FloatVector exponent = load(one, i);
            VectorMask<Float> small = part.compare(VectorOperators.LT, 0.70710678f);
            exponent.blend(exponent.sub(1), small).intoArray(one, i);
            part.blend(part.add(part), small).sub(1).intoArray(x, i);
        }
    }

    /// log(1 + x) + e · log 2, where e is in `one`.
    private void logSeries() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector rest = load(x, i);
            FloatVector square = rest.mul(rest);
            FloatVector sum = rest.fma(all(7.0376836292e-2f), all(-1.1514610310e-1f));
            sum = sum.fma(rest, all(1.1676998740e-1f));
            sum = sum.fma(rest, all(-1.2420140846e-1f));
            sum = sum.fma(rest, all(1.4249322787e-1f));
            sum = sum.fma(rest, all(-1.6668057665e-1f));
            sum = sum.fma(rest, all(2.0000714765e-1f));
            sum = sum.fma(rest, all(-2.4999993993e-1f));
            sum = sum.fma(rest, all(3.3333331174e-1f)).mul(rest).mul(square);
            FloatVector exponent = load(one, i);
            sum = square.fma(all(-0.5f), exponent.fma(all(-2.12194440e-4f), sum));
            exponent.fma(all(0.693359375f), rest.add(sum)).intoArray(x, i);
        }
    }

    /// The logarithms of what has none of the usual kind; the numbers are in `other`.
    private void unusual() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector number = load(other, i);
            load(x, i)
                    .blend(number, number.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
                    .blend(Float.NEGATIVE_INFINITY, number.compare(VectorOperators.EQ, 0))
                    .blend(Float.NaN, number.compare(VectorOperators.LT, 0))
                    .blend(number, number.compare(VectorOperators.NE, number))
                    .intoArray(x, i);
        }
    }

    private void twice() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector size = load(given, i).abs();
            size.add(size).intoArray(x, i);
        }
    }

    /// tanh |x| = 1 − 2 / (e²ˣ + 1).
    private void farTanh() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector far = all(1).sub(all(2).div(load(x, i).add(1)));
            far.blend(far.neg(), load(given, i).compare(VectorOperators.LT, 0)).intoArray(x, i);
        }
    }

    /// Replaces the tangents of what is near 0, where the exponential would lose digits, and of what is no number.
    private void nearTanh() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector number = load(given, i);
            FloatVector square = number.mul(number);
            FloatVector near = square.fma(all(-5.70498872745e-3f), all(2.06390887954e-2f));
            near = near.fma(square, all(-5.37397155531e-2f));
            near = near.fma(square, all(1.33314422036e-1f));
            near = near.fma(square, all(-3.33332819422e-1f)).mul(square).fma(number, number);
            near.blend(load(x, i), number.abs().compare(VectorOperators.GE, 0.625f))
                    .intoArray(x, i);
        }
    }

    /// Minus the absolute value: its exponential is at most 1.
    private void decay() {
        for (int i = 0; i < size; i += LANES) {
            load(given, i).abs().neg().intoArray(x, i);
        }
    }

    private void share() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector small = load(x, i);
            small.blend(1, load(given, i).compare(VectorOperators.GE, 0))
                    .div(small.add(1))
                    .intoArray(x, i);
        }
    }

    private void keepAndAddOne() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector small = load(x, i);
            small.intoArray(kept, i);
            small.add(1).intoArray(x, i);
        }
    }

    /// max(x, 0) + log(1 + s), exact also where 1 + s is rounded (Kahan).
    private void aboveZero() {
        for (int i = 0; i < size; i += LANES) {
            FloatVector small = load(kept, i);
            FloatVector rest = small.add(1).sub(1);
            FloatVector exact = load(x, i).mul(small.div(rest));
            load(given, i)
                    .max(0)
                    .add(exact.blend(small, rest.compare(VectorOperators.EQ, 0)))
                    .intoArray(x, i);
        }
    }
}
