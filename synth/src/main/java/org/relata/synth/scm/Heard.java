package org.relata.synth.scm;

import java.util.Arrays;

/// What a block of rows hears along one edge: for each row, where it is on which line.
///
/// @param lines what is sent
/// @param cell for each row, the point before it
/// @param part for each row, how far it is on the way to the next point, from 0 to 1
record Heard(Lines lines, int[] cell, float[] part) {
    /// The same number from everyone: what an odd edge is paired with.
    static Heard always(float number, int width) {
        float[] point = new float[width];
        Arrays.fill(point, number);
        return new Heard(Lines.through(new float[][] {point}), new int[Evaluation.BLOCK], new float[Evaluation.BLOCK]);
    }
}
