package org.relata.synth.scm;

import java.util.stream.IntStream;
import org.relata.synth.config.Activation;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// A frozen random network without biases: matrices, and between them a function, a factor and a bound.
///
/// Factors are part of the weights of the matrix that follows. What no later matrix reads is not drawn.
///
/// @param matrices the matrices, the first one's input first
/// @param hidden the function after each but the last
/// @param bounds where its result is cut; infinite where it cannot grow large
record Mlp(Matrix[] matrices, Nonlinearity[] hidden, float[] bounds) {
    private static final float HIDDEN_BOUND = 1e6f;

    /// Draws a network.
    ///
    /// @param inputs the width of its input
    /// @param outputs the width of its output
    static Mlp draw(Config config, int inputs, int outputs, Draws draws) {
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        int layers = config.get(ScmParameters.MLP_NUM_LAYERS_CHOICES).draw(draws);
        Matrix.Law[] laws = new Matrix.Law[layers];
        Nonlinearity[] hidden = new Nonlinearity[layers - 1];
        float[] factors = new float[layers];
        float[] bounds = new float[layers - 1];
        factors[0] = 1;
        for (int layer = 0; layer < layers; layer++) {
            laws[layer] = new Matrix.Law(
                    config.get(ScmParameters.INITIALIZATION_CHOICES).draw(draws),
                    layer == 0 ? inputs : width,
                    layer == layers - 1 ? outputs : width,
                    config.get(ScmParameters.MLP_WEIGHT_DENSITY_CHOICES).draw(draws),
                    config.get(TopParameters.PARITY),
                    new Key(draws.bits()));
            if (layer < layers - 1) {
                Activation function =
                        config.get(ScmParameters.ACTIVATION_CHOICES).draw(draws);
                hidden[layer] = Nonlinearities.of(function, draws);
                factors[layer + 1] = (float) StrictMath.exp(draws.uniform(-1, 1));
                bounds[layer] =
                        Nonlinearities.bounded(function) ? Float.POSITIVE_INFINITY : HIDDEN_BOUND / factors[layer + 1];
            }
        }
        Matrix[] matrices = new Matrix[layers];
        int[] live = IntStream.range(0, outputs).toArray();
        for (int layer = layers - 1; layer >= 0; layer--) {
            matrices[layer] = Matrix.draw(laws[layer], live, factors[layer]);
            live = matrices[layer].reads();
        }
        return new Mlp(matrices, hidden, bounds);
    }

    /// The network that gives what a matrix makes of the output of this one.
    ///
    /// @param next for each output of the matrix, its weights
    Mlp then(float[][] next) {
        Matrix[] own = matrices.clone();
        own[own.length - 1] = own[own.length - 1].then(next);
        return new Mlp(own, hidden, bounds);
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
                for (int out : matrices[layer].live()) {
                    hidden[layer].apply(next[out], count);
                    if (bounds[layer] < Float.POSITIVE_INFINITY) {
                        Columns.cut(next[out], bounds[layer], count);
                    }
                }
            }
            current = next;
        }
        return current;
    }
}
