package org.relata.synth.scm;

import java.util.Arrays;
import org.relata.synth.config.Aggregation;

/// How what is sent to a block of rows is put together, row by row.
final class Messages {
    static final float PRODUCT_BOUND = 1e30f;

    private Messages() {}

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

    /// Adds what lines send; of exponentials, the largest is kept.
    ///
    /// @param factor what a sum multiplies it with
    static void combine(
            Aggregation how, float[][] into, Lines lines, int[] cell, float[] part, float factor, int count) {
        switch (how) {
            case SUM -> lines.add(cell, part, factor, into, count);
            case MAX, LOGEXP -> lines.max(cell, part, into, count);
            case PRODUCT -> lines.multiply(cell, part, into, count);
        }
    }

    /// Adds a message; of exponentials, the largest is kept.
    ///
    /// @param factor what a sum multiplies it with
    static void combine(Aggregation how, float[][] into, float[][] message, float factor, int count) {
        for (int r = 0; r < count; r++) {
            float[] z = into[r];
            float[] x = message[r];
            for (int j = 0; j < z.length; j++) {
                z[j] = switch (how) {
                    case SUM -> z[j] + factor * x[j];
                    case MAX, LOGEXP -> Math.max(z[j], x[j]);
                    case PRODUCT -> Math.max(-PRODUCT_BOUND, Math.min(PRODUCT_BOUND, z[j] * x[j]));
                };
            }
        }
    }

    /// Adds the exponentials of a message, relative to the largest.
    static void addExponentials(float[][] sums, float[][] message, float[][] largest, int count) {
        for (int r = 0; r < count; r++) {
            for (int j = 0; j < sums[r].length; j++) {
                sums[r][j] += Floats.decay(message[r][j] - largest[r][j]);
            }
        }
    }

    /// Adds sums of exponentials that are relative to another largest.
    static void addScaled(float[][] sums, float[][] otherSums, float[][] other, float[][] largest, int count) {
        for (int r = 0; r < count; r++) {
            for (int j = 0; j < sums[r].length; j++) {
                sums[r][j] += otherSums[r][j] * Floats.decay(other[r][j] - largest[r][j]);
            }
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
        for (int j = 0; j < columns.length; j++) {
            for (int r = 0; r < count; r++) {
                rows[r][j] = columns[j][r];
            }
        }
    }
}
