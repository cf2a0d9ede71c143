package org.relata.synth.scm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is sent where logarithms of sums of exponentials are taken: the exponentials themselves, relative to the most
/// that can come.
///
/// A line between the exponentials of two points is as good a line as one between the points, and sums of these are
/// sums
/// of lines: no exponential is left to be taken for a row. Where what is sent varies by more than single precision can
/// hold, a sum may vanish; then the largest message stands for it, which is less by the logarithm of a few at most.
///
/// @param range of the logarithms
/// @param lines for each edge, exponentials relative to the most
record Exponentials(Range range, List<Lines> lines) {
    /// How far below the most a logarithm may fall before its exponential is taken for nothing.
    private static final float REACH = 80;

    /// Between what the logarithm of a sum lies, but for the number of its terms.
    ///
    /// @param least for each latent dimension the least
    /// @param most for each latent dimension the most of any term
    record Range(float[] least, float[] most) {
        /// The range of the sum of nothing.
        static Range ofNothing(int width) {
            float[] bound = new float[width];
            Arrays.fill(bound, -Encoder.BOUND);
            return new Range(bound, bound);
        }

        /// Whether no sum can vanish.
        boolean narrow() {
            for (int j = 0; j < least.length; j++) {
                if (most[j] - least[j] > REACH) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The exponentials of lines.
    ///
    /// @param lines of all edges
    /// @param other the range of what else is added
    /// @return nothing where some edge has no lines
    static Optional<Exponentials> of(List<Lines> lines, Range other) {
        if (lines.stream().anyMatch(Lines::isEmpty)) {
            return Optional.empty();
        }
        Range range = new Range(other.least.clone(), other.most.clone());
        for (Lines one : lines) {
            include(one, range);
        }
        return Optional.of(new Exponentials(
                range, lines.stream().map(one -> exponentials(one, range.most)).toList()));
    }

    /// The sum is never less than the least of any edge.
    private static void include(Lines lines, Range range) {
        float[] lowest = lines.ends()[0].clone();
        for (float[] end : lines.ends()) {
            for (int j = 0; j < lowest.length; j++) {
                lowest[j] = Math.min(lowest[j], end[j]);
                range.most[j] = Math.max(range.most[j], end[j]);
            }
        }
        for (int j = 0; j < lowest.length; j++) {
            range.least[j] = Math.max(range.least[j], lowest[j]);
        }
    }

    private static Lines exponentials(Lines lines, float[] most) {
        return Lines.through(Arrays.stream(lines.ends(), 0, lines.ends().length - 1)
                .map(end -> exponentials(end, most))
                .toArray(float[][]::new));
    }

    /// The exponentials of numbers, relative to others.
    static float[] exponentials(float[] of, float[] most) {
        float[] shares = new float[most.length];
        for (int j = 0; j < most.length; j++) {
            float below = of[j] - most[j];
            shares[j] = below < -REACH ? 0 : Floats.exp(below);
        }
        return shares;
    }

    /// Turns sums of exponentials into their logarithms.
    void takeLogarithms(float[][] sums, int count) {
        Loops.BEST.takeLogarithms(sums, range.most, count);
    }
}
