package org.relata.synth.scm;

import java.util.Arrays;
import java.util.List;
import org.relata.synth.config.Aggregation;

/// How what is sent to a block of rows is put together, row by row.
final class Messages {
    /// Times two messages it is still finite.
    static final float PRODUCT_BOUND = 1e28f;

    private final Heard zero;
    private final Heard one;

    /// @param width the latent width
    Messages(int width) {
        zero = Heard.always(0, width);
        one = Heard.always(1, width);
    }

    /// Sets an aggregate to that of nothing.
    static void start(Aggregation how, float[][] into, int count) {
        float nothing = switch (how) {
            case SUM -> 0;
            case MAX, LOGEXP -> -Encoder.BOUND;
            case PRODUCT -> 1;
        };
        fill(into, nothing, count);
    }

    static void fill(float[][] rows, float value, int count) {
        for (int r = 0; r < count; r++) {
            Arrays.fill(rows[r], value);
        }
    }

    /// Adds what is heard along some edges; of exponentials, the largest is kept.
    ///
    /// @param factor what a sum multiplies it with
    void combine(Aggregation how, float[][] into, List<Heard> heard, float factor, int count) {
        for (int i = 0; i < heard.size(); i += 2) {
            Heard first = heard.get(i);
            boolean paired = i + 1 < heard.size();
            switch (how) {
                case SUM -> Loops.BEST.add(first, paired ? heard.get(i + 1) : zero, factor, into, count);
                case MAX, LOGEXP -> Loops.BEST.max(first, paired ? heard.get(i + 1) : first, into, count);
                case PRODUCT -> Loops.BEST.multiply(first, paired ? heard.get(i + 1) : one, into, count);
            }
        }
    }

    /// Adds a message; of exponentials, the largest is kept.
    ///
    /// @param factor what a sum multiplies it with
    static void combine(Aggregation how, float[][] into, float[][] message, float factor, int count) {
        for (int r = 0; r < count; r++) {
            switch (how) {
                case SUM -> add(into[r], message[r], factor, into[r].length);
                case MAX, LOGEXP -> max(into[r], message[r], into[r].length);
                case PRODUCT -> multiply(into[r], message[r], into[r].length);
            }
        }
    }

    private static void add(float[] z, float[] x, float factor, int width) {
        for (int j = 0; j < width; j++) {
            z[j] = Math.fma(factor, x[j], z[j]);
        }
    }

    private static void max(float[] z, float[] x, int width) {
        for (int j = 0; j < width; j++) {
            z[j] = Math.max(z[j], x[j]);
        }
    }

    private static void multiply(float[] z, float[] x, int width) {
        for (int j = 0; j < width; j++) {
            z[j] = Math.max(-PRODUCT_BOUND, Math.min(PRODUCT_BOUND, z[j] * x[j]));
        }
    }

    /// Adds the exponentials of a message, relative to the largest.
    static void addExponentials(float[][] sums, float[][] message, float[][] largest, int count) {
        for (int r = 0; r < count; r++) {
            addExponentials(sums[r], message[r], largest[r], sums[r].length);
        }
    }

    private static void addExponentials(float[] sum, float[] x, float[] largest, int width) {
        for (int j = 0; j < width; j++) {
            sum[j] += Floats.decay(x[j] - largest[j]);
        }
    }

    /// Adds the exponentials of what is heard along one edge, relative to the largest.
    static void addHeardExponentials(Heard heard, float[][] sums, float[][] largest, int count) {
        for (int r = 0; r < count; r++) {
            float[][] a = heard.lines().ends();
            int i = heard.cell()[r];
            float w = heard.part()[r];
            addHeardExponentials(sums[r], largest[r], a[i], a[i + 1], 1 - w, w, sums[r].length);
        }
    }

    private static void addHeardExponentials(
            float[] sum, float[] largest, float[] a, float[] a2, float wa, float wa2, int width) {
        for (int j = 0; j < width; j++) {
            sum[j] += Floats.decay(Math.fma(wa2, a2[j], wa * a[j]) - largest[j]);
        }
    }

    /// Adds sums, each dimension times a factor of its own.
    static void addScaled(float[][] sums, float[][] other, float[] factors, int count) {
        for (int r = 0; r < count; r++) {
            addScaled(sums[r], other[r], factors, factors.length);
        }
    }

    private static void addScaled(float[] sum, float[] x, float[] factors, int width) {
        for (int j = 0; j < width; j++) {
            sum[j] = Math.fma(factors[j], x[j], sum[j]);
        }
    }

    /// Adds the logarithms of sums, each of which is one or more but for rounding.
    static void addLogarithms(float[][] into, float[][] sums, int count) {
        for (int r = 0; r < count; r++) {
            addLogarithms(into[r], sums[r], into[r].length);
        }
    }

    private static void addLogarithms(float[] z, float[] sum, int width) {
        for (int j = 0; j < width; j++) {
            z[j] += Floats.logAboveOne(sum[j]);
        }
    }

    /// Turns columns into rows.
    static void transpose(float[][] columns, float[][] rows, int count) {
        for (int j = 0; j < rows[0].length; j++) {
            for (int r = 0; r < count; r++) {
                rows[r][j] = columns[j][r];
            }
        }
    }
}
