package org.relata.synth.scm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.synth.config.Activation;
import org.relata.synth.random.Key;

final class FloatsTest {
    private static final Map<Activation, DoubleUnaryOperator> TRUTH = Map.ofEntries(
            Map.entry(Activation.RELU, x -> Math.max(x, 0)),
            Map.entry(Activation.ELU, x -> x > 0 ? x : Math.expm1(x)),
            Map.entry(Activation.CELU, x -> x > 0 ? x : Math.expm1(x)),
            Map.entry(Activation.SELU, x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))),
            Map.entry(Activation.SILU, x -> x / (1 + Math.exp(-x))),
            Map.entry(Activation.SOFTSIGN, x -> x / (1 + Math.abs(x))),
            Map.entry(Activation.TANH, Math::tanh),
            Map.entry(Activation.SIGMOID, x -> 1 / (1 + Math.exp(-x))),
            Map.entry(Activation.HARDSWISH, x -> x * Math.clamp(x + 3, 0, 6) / 6),
            Map.entry(Activation.MISH, x -> x * Math.tanh(Math.log1p(Math.exp(x)))),
            Map.entry(Activation.LEAKY_RELU, x -> x > 0 ? x : 0.01 * x),
            Map.entry(Activation.SOFTPLUS, x -> Math.log1p(Math.exp(x))),
            Map.entry(Activation.HARDSIGMOID, x -> Math.clamp(x + 3, 0, 6) / 6),
            Map.entry(Activation.HARDTANH, x -> Math.clamp(x, -1, 1)),
            Map.entry(Activation.CLIP, x -> Math.clamp(x, -1, 1)),
            Map.entry(Activation.TANHSHRINK, x -> x - Math.tanh(x)),
            Map.entry(Activation.RRELU, x -> x > 0 ? x : 11.0 / 48 * x),
            Map.entry(Activation.LOGSIGMOID, x -> -Math.log1p(Math.exp(-x))),
            Map.entry(Activation.SOFTSHRINK, x -> x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0),
            Map.entry(Activation.HARDSHRINK, x -> Math.abs(x) > 0.5 ? x : 0),
            Map.entry(Activation.IDENTITY, x -> x),
            Map.entry(Activation.ABS, Math::abs),
            Map.entry(Activation.SIN, Math::sin),
            Map.entry(Activation.COS, Math::cos),
            Map.entry(Activation.SIGN, Math::signum),
            Map.entry(Activation.SIGNED_LOG, x -> Math.signum(x) * Math.log1p(Math.abs(x))),
            Map.entry(Activation.BENT_IDENTITY, x -> (Math.sqrt(x * x + 1) - 1) / 2 + x));

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationIsItsFunction(Activation activation) {
        float[] x = new float[4001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 2000) * 0.0101f;
        }
        float[] y = x.clone();
        Nonlinearities.of(activation, Key.of(1).draws()).apply(y, y.length);
        for (int i = 0; i < x.length; i++) {
            assertTrue(Float.isFinite(y[i]));
            DoubleUnaryOperator truth = TRUTH.get(activation);
            if (truth != null) {
                double wanted = truth.applyAsDouble(x[i]);
                assertEquals(wanted, y[i], 3e-4 * Math.max(1, Math.abs(x[i])), activation + " of " + x[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void noActivationLeavesTheFiniteNumbers(Activation activation) {
        float[] x = {-1e6f, -1e5f, 1e5f, 1e6f, 0, -0f};
        Nonlinearities.of(activation, Key.of(1).draws()).apply(x, x.length);
        for (float value : x) {
            assertTrue(Float.isFinite(value), activation + " gives " + value);
        }
    }

    @Test
    void theErrorFunctionGivesTheNormalLaw() {
        assertEquals(0.8427007929, Floats.erf(1), 1e-6);
        assertEquals(-0.5204998778, Floats.erf(-0.5f), 1e-6);
        assertEquals(0.9953222650, Floats.erf(2), 1e-6);
        assertEquals(-1, Floats.erf(-100), "a mechanism that is large and negative must come to nothing at all");
    }

    @Test
    void signedLogarithmsAreExactNearZeroAndFarFromIt() {
        for (float x = 1e-6f; x < 1e7f; x *= 1.7f) {
            assertEquals(1, Floats.signedLog(x) / Math.log1p(x), 2e-6, "of " + x);
            assertEquals(-Floats.signedLog(x), Floats.signedLog(-x));
        }
    }

    @Test
    void logarithmsOfSumsAreExactEnough() {
        for (float x = 1; x < 3000; x *= 1.1f) {
            assertEquals(Math.log(x), Floats.logAboveOne(x), 3e-4);
        }
    }

    @Test
    void logarithmsOfSmallSumsAreToo() {
        for (double x = -80; x < 10; x += 0.37) {
            assertEquals(x, Floats.log((float) Math.exp(x)), 1e-5);
        }
        assertTrue(Floats.log(0) < -400 && Float.isFinite(Floats.log(0)));
    }
}
