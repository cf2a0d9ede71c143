package org.relata.synth.scm;

import java.util.Arrays;

/// What an encoder sends, as straight lines between points.
///
/// @param ends for each point its place in the latent space; the last one stands there twice, so that every point has a
///     next one
record Lines(float[][] ends) {
    /// No lines: the encoder is evaluated for every row.
    static final Lines NONE = new Lines(new float[0][]);

    /// Lines through points.
    static Lines through(float[][] points) {
        float[][] ends = Arrays.copyOf(points, points.length + 1);
        ends[points.length] = points[points.length - 1];
        return new Lines(ends);
    }

    boolean isEmpty() {
        return ends.length == 0;
    }
}
