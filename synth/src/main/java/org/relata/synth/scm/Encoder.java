package org.relata.synth.scm;

import java.util.Arrays;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.Draws;

/// What a variable sends to another: its value as a point of the latent space, times the weight of the edge, within a
/// bound.
///
/// @param embedding for each class its starting point, as columns of the latent width; empty for a number
/// @param network from a number, or from the starting point, to the latent space, the weight of the edge included
/// @param width the latent width
record Encoder(float[][] embedding, Mlp network, int width) {
    static final float BOUND = 1e4f;
    /// Points are evaluated in groups of so many, the last one filled up with zeros: loops over what is left over take
    /// long.
    private static final int WHOLE = 16;

    /// Draws an encoder.
    ///
    /// @param classes how many classes are told apart; zero for a number, also for a class that is taken as one
    /// @param weight of the edge
    static Encoder draw(Config config, int classes, float weight, Draws draws) {
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        float[][] embedding = new float[classes > 0 ? width : 0][classes];
        for (int k = 0; k < classes; k++) {
            for (float[] column : embedding) {
                column[k] = (float) draws.normal();
            }
        }
        return new Encoder(embedding, Mlp.draw(config, classes > 0 ? width : 1, width, weight, BOUND, draws), width);
    }

    /// Whether it tells classes apart.
    boolean embeds() {
        return embedding.length > 0;
    }

    /// Its values at some points, and the straight lines between them.
    Lines lines(Knots knots, Work work) {
        int points = knots.points().length;
        float[][] values = new float[points][width];
        for (int from = 0; from < points; from += Evaluation.BLOCK) {
            int count = Math.min(Evaluation.BLOCK, points - from);
            int whole = Math.ceilDiv(count, WHOLE) * WHOLE;
            float[][] input = new float[embeds() ? width : 1][];
            for (int j = 0; j < input.length; j++) {
                input[j] = Arrays.copyOfRange(embeds() ? embedding[j] : knots.points(), from, from + whole);
            }
            float[][] output = evaluate(input, work, whole);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < width; j++) {
                    values[from + i][j] = output[j][i];
                }
            }
        }
        return Lines.through(values);
    }

    /// Its values for numbers, without lines.
    float[][] evaluate(float[][] input, Work work, int count) {
        return network.evaluate(input, work, count);
    }
}
