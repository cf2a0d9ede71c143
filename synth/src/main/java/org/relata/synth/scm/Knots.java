package org.relata.synth.scm;

import java.util.Arrays;

/// The points of a variable between which encoders are read off straight lines.
///
/// An encoder of one number is a curve in the latent space, and a frozen one. Evaluating a network at sixty points of
/// it
/// once, instead of at every row, is what makes large tables affordable; between two points the curve is taken as
/// straight. The points lie where the values of a pilot of the rows lie, and a little beyond. Of classes, every class
/// is
/// a point, and nothing is approximate.
///
/// @param points ascending, at least two; a class is its own index
/// @param classes whether the points are classes
public record Knots(float[] points, boolean classes) {
    private static final double BEYOND = 0.25;
    private static final double EVEN_SHARE = 0.25;

    /// One point for each class.
    public static Knots ofClasses(int classes) {
        float[] points = new float[classes];
        for (int i = 0; i < classes; i++) {
            points[i] = i;
        }
        return new Knots(points, true);
    }

    /// Points where values lie: most at quantiles, some at equal distances, one beyond either end.
    ///
    /// @param values some values of the variable
    /// @param count how many of them
    /// @param most how many points there may be, at least 8
    static Knots ofValues(float[] values, int count, int most) {
        float[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        float low = sorted[0];
        float high = sorted[count - 1];
        float range = high > low ? high - low : Math.max(1, Math.abs(low));
        int even = (int) (most * EVEN_SHARE);
        int quantiles = most - even - 2;
        float[] points = new float[most];
        points[0] = (float) (low - BEYOND * range);
        points[1] = (float) (high + BEYOND * range);
        for (int i = 0; i < even; i++) {
            points[2 + i] = low + (high - low) * i / (even - 1);
        }
        for (int i = 0; i < quantiles; i++) {
            points[2 + even + i] = sorted[(int) ((long) (count - 1) * i / (quantiles - 1))];
        }
        Arrays.sort(points);
        // Points nearer than this are one: a line between them would be all rounding.
        float apart = range * 1e-5f;
        int kept = 1;
        for (int i = 1; i < most; i++) {
            if (points[i] - points[kept - 1] > apart) {
                points[kept++] = points[i];
            }
        }
        return new Knots(Arrays.copyOf(points, kept), false);
    }

    /// Finds the lines that values lie on.
    ///
    /// @param x the values
    /// @param count how many of them
    /// @param cell for each, the point before it
    /// @param part for each, how far it is on the way to the next point, from 0 to 1
    void locate(float[] x, int count, int[] cell, float[] part) {
        if (classes) {
            for (int r = 0; r < count; r++) {
                cell[r] = Math.clamp((int) x[r], 0, points.length - 1);
                part[r] = 0;
            }
            return;
        }
        int last = points.length - 2;
        int widest = Integer.highestOneBit(Math.max(1, last));
        for (int r = 0; r < count; r++) {
            float value = x[r];
            int low = 0;
            // No branch that depends on a value: the processor would guess wrong every other time.
            for (int step = widest; step > 0; step >>= 1) {
                int next = Math.min(low + step, last);
                low = points[next] <= value ? next : low;
            }
            cell[r] = low;
            float share = (value - points[low]) / (points[low + 1] - points[low]);
            part[r] = Math.max(0, Math.min(1, share));
        }
    }
}
