package org.relata.synth.scm;

import org.relata.synth.config.Activation;
import org.relata.synth.random.Draws;

/// The functions of hidden layers. Each has a loop of its own, for the compiler to turn into vector instructions.
final class Nonlinearities {
    private static final float SELU_SCALE = 1.0507009873554805f;
    private static final float SELU_ALPHA = 1.6732632423543772f;
    private static final float LEAKY_SLOPE = 0.01f;
    private static final float RRELU_SLOPE = 11f / 48;
    private static final float SHRINK = 0.5f;
    private static final float HALF_ROOT = 0.70710677f;
    private static final float MISH_LARGEST = 20;

    private Nonlinearities() {}

    /// Whether a function of that name can only give small numbers.
    static boolean bounded(Activation activation) {
        return switch (activation) {
            case SOFTSIGN, TANH, SIGMOID, HARDSIGMOID, HARDTANH, CLIP, SIN, COS, SIGN, SIGNED_LOG, RANDOM_SINE -> true;
            case RELU,
                    ELU,
                    SELU,
                    SILU,
                    HARDSWISH,
                    MISH,
                    LEAKY_RELU,
                    GELU,
                    SOFTPLUS,
                    CELU,
                    TANHSHRINK,
                    RRELU,
                    LOGSIGMOID,
                    SOFTSHRINK,
                    HARDSHRINK,
                    IDENTITY,
                    ABS,
                    BENT_IDENTITY -> false;
        };
    }

    /// The function of that name. Only the random sine draws anything.
    static Nonlinearity of(Activation activation, Draws draws) {
        return switch (activation) {
            case RELU ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.max(v, 0);
                    }
                };
            case ELU, CELU ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.max(v, 0) + Floats.exp(Math.min(v, 0)) - 1;
                    }
                };
            case SELU ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = SELU_SCALE * (Math.max(v, 0) + SELU_ALPHA * (Floats.exp(Math.min(v, 0)) - 1));
                    }
                };
            case SILU ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = v * Floats.sigmoid(v);
                    }
                };
            case SOFTSIGN ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = v / (1 + Math.abs(v));
                    }
                };
            case TANH ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Floats.tanh(v);
                    }
                };
            case SIGMOID ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Floats.sigmoid(v);
                    }
                };
            case HARDSWISH ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = v * hardSigmoid(v);
                    }
                };
            case MISH ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = mish(v);
                    }
                };
            case LEAKY_RELU ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.max(v, LEAKY_SLOPE * v);
                    }
                };
            case GELU ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = 0.5f * v * (1 + Floats.erf(v * HALF_ROOT));
                    }
                };
            case SOFTPLUS ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Floats.softplus(v);
                    }
                };
            case HARDSIGMOID ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = hardSigmoid(v);
                    }
                };
            case HARDTANH, CLIP ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.max(-1, Math.min(1, v));
                    }
                };
            case TANHSHRINK ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = v - Floats.tanh(v);
                    }
                };
            case RRELU ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.max(v, RRELU_SLOPE * v);
                    }
                };
            case LOGSIGMOID ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = -Floats.softplus(-v);
                    }
                };
            case SOFTSHRINK ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.max(v - SHRINK, 0) + Math.min(v + SHRINK, 0);
                    }
                };
            case HARDSHRINK ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.abs(v) > SHRINK ? v : 0;
                    }
                };
            case IDENTITY -> (_, _) -> {};
            case ABS ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.abs(v);
                    }
                };
            case SIN ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Floats.sin(v);
                    }
                };
            case COS ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Floats.sin(v + (float) (Math.PI / 2));
                    }
                };
            case SIGN ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Math.signum(v);
                    }
                };
            case SIGNED_LOG ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = Floats.signedLog(v);
                    }
                };
            case BENT_IDENTITY ->
                (x, count) -> {
                    for (int i = 0; i < count; i++) {
                        float v = x[i];
                        x[i] = ((float) Math.sqrt(v * v + 1) - 1) * 0.5f + v;
                    }
                };
            case RANDOM_SINE -> RandomSine.draw(draws);
        };
    }

    private static float hardSigmoid(float x) {
        return Math.max(0, Math.min(6, x + 3)) * (1f / 6);
    }

    /// x tanh(ln(1 + e^x)), which is x (e² + 2e) / (e² + 2e + 2) with e = e^x.
    private static float mish(float x) {
        float e = Floats.exp(Math.min(x, MISH_LARGEST));
        float n = e * (e + 2);
        return x * n / (n + 2);
    }

    /// A sum of sines of random strength, frequency and phase.
    ///
    /// @param strengths of the sines
    /// @param frequencies of the sines
    /// @param phases of the sines
    private record RandomSine(float[] strengths, float[] frequencies, float[] phases) implements Nonlinearity {
        static RandomSine draw(Draws draws) {
            int sines = draws.integer(3, 7);
            RandomSine drawn = new RandomSine(new float[sines], new float[sines], new float[sines]);
            for (int i = 0; i < sines; i++) {
                drawn.strengths[i] = (float) draws.normal();
                drawn.frequencies[i] = (float) StrictMath.pow(10, draws.uniform(-1, 1));
                drawn.phases[i] = (float) draws.uniform(0, 2 * Math.PI);
            }
            return drawn;
        }

        @Override
        public void apply(float[] x, int count) {
            float[] sum = new float[count];
            for (int s = 0; s < strengths.length; s++) {
                float strength = strengths[s];
                float frequency = frequencies[s];
                float phase = phases[s];
                for (int i = 0; i < count; i++) {
                    sum[i] += strength * Floats.sin(frequency * x[i] + phase);
                }
            }
            System.arraycopy(sum, 0, x, 0, count);
        }
    }
}
