package org.relata.synth.scm;

/// What networks overwrite while they are evaluated.
///
/// @param columns as many columns as the widest layer has
/// @param together room for all of these one after the other
record Work(float[][] columns, float[] together) {
    /// @param most the width of the widest layer
    static Work of(int most) {
        return new Work(new float[most][Evaluation.BLOCK], new float[most * Evaluation.BLOCK]);
    }
}
