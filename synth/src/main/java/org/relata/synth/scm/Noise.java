package org.relata.synth.scm;

import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.BetaTable;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// The noise of a mechanism, a number for every row and latent dimension.
///
/// Equally likely values of its law stand in a row, shuffled. Each eight dimensions of a row take eight values that
/// stand
/// side by side, from a place that eleven random bits choose: a number needs neither a random number nor a look-up of
/// its
/// own, and a row of 32 dimensions still has 2^44 different noises.
///
/// @param values the values, the first few repeated at the end
/// @param key of the places
record Noise(float[] values, Key key) {
    /// Dimensions that share a place.
    static final int TOGETHER = 8;

    /// Places that a word of random bits chooses.
    static final int PLACES_A_WORD = 5;

    static final int PLACE_BITS = 11;
    private static final int VALUES = 1 << PLACE_BITS;
    private static final int[] SHUFFLED = Key.of(0).child("shuffled").draws().permutation(VALUES);

    /// Draws a noise.
    ///
    /// @param width the latent width
    /// @param key of the variable
    static Noise draw(Config config, int width, Key key) {
        Draws draws = key.child("noise law").draws();
        double alpha = config.get(ScmParameters.NODE_NOISE_ALPHA_CHOICES).draw(draws);
        double beta = config.get(ScmParameters.NODE_NOISE_BETA_CHOICES).draw(draws);
        float[] inOrder = new BetaTable(alpha, beta, 0, 1.0 / width).values(VALUES);
        float[] values = new float[VALUES + TOGETHER];
        for (int i = 0; i < values.length; i++) {
            values[i] = inOrder[SHUFFLED[i % VALUES]];
        }
        return new Noise(values, key.child("noise"));
    }

    /// Adds it to what some rows hear.
    ///
    /// @param into for each row its latent dimensions
    /// @param rows the numbers of the rows
    /// @param count how many
    void add(float[][] into, long[] rows, int count) {
        int groups = Math.ceilDiv(into[0].length, TOGETHER);
        int words = Math.ceilDiv(groups, PLACES_A_WORD);
        for (int word = 0; word < words; word++) {
            int from = word * PLACES_A_WORD * TOGETHER;
            for (int r = 0; r < count; r++) {
                Loops.BEST.addGroups(values, key.bits(rows[r] * words + word), into[r], from);
            }
        }
    }

    /// The place that the lowest of some bits choose.
    static int place(long bits) {
        return (int) bits & VALUES - 1;
    }
}
