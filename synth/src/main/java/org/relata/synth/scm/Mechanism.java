package org.relata.synth.scm;

import java.util.Optional;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.BetaTable;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// What turns the values of a variable's parents into its own.
///
/// @param encoders what each parent sends
/// @param noise the law of what is added
/// @param noiseKey the key of that noise
/// @param decoder from the latent space to the value, or to the latent space again for classes
/// @param scores from there to a score for each class; the class with the largest is taken
record Mechanism(Encoder[] encoders, BetaTable noise, Key noiseKey, Mlp decoder, Optional<Matrix> scores) {
    /// What a source has in place of a mechanism.
    static final Mechanism NONE = new Mechanism(
            new Encoder[0],
            new BetaTable(1, 1, 0, 1),
            Key.of(0),
            new Mlp(new Matrix[0], new Nonlinearity[0], new float[0]),
            Optional.empty());

    /// Draws a mechanism.
    ///
    /// @param variables the variables of the table
    static Mechanism draw(Config config, Variable variable, Variable[] variables) {
        Key key = variable.key();
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        Draws noise = key.child("noise law").draws();
        double alpha = config.get(ScmParameters.NODE_NOISE_ALPHA_CHOICES).draw(noise);
        double beta = config.get(ScmParameters.NODE_NOISE_BETA_CHOICES).draw(noise);
        Encoder[] encoders = new Encoder[variable.parents().length];
        for (int i = 0; i < encoders.length; i++) {
            int parent = variable.parents()[i];
            encoders[i] = Encoder.draw(
                    config,
                    variables[parent].classes(),
                    variable.weights()[i],
                    key.child("edge").child(parent).draws());
        }
        Draws draws = key.child("decoder").draws();
        Mlp decoder = Mlp.draw(config, width, variable.classes() > 0 ? width : 1, draws);
        Optional<Matrix> scores = Optional.empty();
        if (variable.classes() > 0) {
            float[] embedding = new float[width * variable.classes()];
            for (int i = 0; i < embedding.length; i++) {
                embedding[i] = (float) draws.normal();
            }
            scores = Optional.of(Matrix.of(embedding, width, variable.classes()));
        }
        return new Mechanism(encoders, new BetaTable(alpha, beta, 0, 1.0 / width), key.child("noise"), decoder, scores);
    }
}
