package org.relata.synth.scm;

/// A function applied to every number of an array, in place.
@FunctionalInterface
interface Nonlinearity {
    /// Applies it to the first numbers of an array. They are finite, and so is the result.
    void apply(float[] x, int count);
}
