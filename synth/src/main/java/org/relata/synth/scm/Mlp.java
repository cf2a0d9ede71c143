package org.relata.synth.scm;

import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.random.Draws;

/// A frozen random network without biases: matrices, and between them a function, a factor and a bound.
///
/// @param matrices the matrices, the first one's input first
/// @param hidden the function after each but the last
/// @param factors what its result is multiplied with
record Mlp(Matrix[] matrices, Nonlinearity[] hidden, float[] factors) {
    private static final float HIDDEN_BOUND = 1e6f;

    /// Draws a network.
    ///
    /// @param inputs the width of its input
    /// @param outputs the width of its output
    static Mlp draw(Config config, int inputs, int outputs, Draws draws) {
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        int layers = config.get(ScmParameters.MLP_NUM_LAYERS_CHOICES).draw(draws);
        Matrix[] matrices = new Matrix[layers];
        Nonlinearity[] hidden = new Nonlinearity[layers - 1];
        float[] factors = new float[layers - 1];
        for (int layer = 0; layer < layers; layer++) {
            matrices[layer] = Matrix.draw(
                    config.get(ScmParameters.INITIALIZATION_CHOICES).draw(draws),
                    layer == 0 ? inputs : width,
                    layer == layers - 1 ? outputs : width,
                    config.get(ScmParameters.MLP_WEIGHT_DENSITY_CHOICES).draw(draws),
                    config.get(TopParameters.PARITY),
                    draws);
            if (layer < layers - 1) {
                hidden[layer] = Nonlinearities.of(
                        config.get(ScmParameters.ACTIVATION_CHOICES).draw(draws), draws);
                factors[layer] = (float) StrictMath.exp(draws.uniform(-1, 1));
            }
        }
        return new Mlp(matrices, hidden, factors);
    }

    /// Evaluates it for some rows.
    ///
    /// @param x the columns of the input, which are kept
    /// @param work two sets of columns of the latent width, both overwritten
    /// @param count how many rows
    /// @return the set that holds the columns of the output
    float[][] evaluate(float[][] x, float[][][] work, int count) {
        float[][] current = x;
        for (int layer = 0; layer < matrices.length; layer++) {
            float[][] next = work[layer % 2];
            matrices[layer].multiply(current, next, count);
            if (layer < hidden.length) {
                for (int out = 0; out < matrices[layer].outputs(); out++) {
                    hidden[layer].apply(next[out], count);
                    Columns.scale(next[out], factors[layer], HIDDEN_BOUND, count);
                }
            }
            current = next;
        }
        return current;
    }
}
