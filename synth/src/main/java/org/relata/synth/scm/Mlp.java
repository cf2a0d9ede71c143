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
/// @param bounds where the result of each layer is cut; infinite where it cannot grow large, or may
record Mlp(Matrix[] matrices, Nonlinearity[] hidden, float[] bounds) {
    private static final float HIDDEN_BOUND = 1e6f;

    /// Draws a network.
    ///
    /// @param inputs the width of its input
    /// @param outputs the width of its output
    /// @param weight what its output is multiplied with
    /// @param bound where its output is cut
    static Mlp draw(Config config, int inputs, int outputs, float weight, float bound, Draws draws) {
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        int layers = config.get(ScmParameters.MLP_NUM_LAYERS_CHOICES).draw(draws);
        Matrix.Law[] laws = new Matrix.Law[layers];
        Nonlinearity[] hidden = new Nonlinearity[layers - 1];
        float[] factors = new float[layers];
        float[] bounds = new float[layers];
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
        factors[layers - 1] *= weight;
        bounds[layers - 1] = bound;
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
    /// Functions are applied to all columns of a layer at once: what a loop costs before and after its vectors is then
    /// paid once.
    ///
    /// @param x the columns of the input, which are kept
    /// @param work what is overwritten
    /// @param count how many rows
    /// @return the columns of the output, which belong to the work
    float[][] evaluate(float[][] x, Work work, int count) {
        float[][] current = x;
        for (int layer = 0; layer < matrices.length; layer++) {
            int[] live = matrices[layer].live();
            matrices[layer].multiply(current, work.together(), count);
            if (layer < hidden.length) {
                hidden[layer].apply(work.together(), live.length * count);
            }
            if (bounds[layer] < Float.POSITIVE_INFINITY) {
                Columns.cut(work.together(), bounds[layer], live.length * count);
            }
            for (int i = 0; i < live.length; i++) {
                System.arraycopy(work.together(), i * count, work.columns()[live[i]], 0, count);
            }
            current = work.columns();
        }
        return current;
    }
}
