package org.relata.synth.config;

import java.util.Locale;

/// The function of a hidden layer of a mechanism.
public enum Activation implements Named {
    /// The positive part.
    RELU,
    /// The number, or its exponential less one where it is negative.
    ELU,
    /// The same, scaled so that variances keep.
    SELU,
    /// The number times its sigmoid.
    SILU,
    /// The number over one and its magnitude.
    SOFTSIGN,
    /// The hyperbolic tangent.
    TANH,
    /// The logistic function.
    SIGMOID,
    /// The number times a straight sigmoid.
    HARDSWISH,
    /// The number times the hyperbolic tangent of its softplus.
    MISH,
    /// A slope of 0.01 where negative.
    LEAKY_RELU,
    /// The number times the normal distribution function.
    GELU,
    /// The logarithm of one and the exponential.
    SOFTPLUS,
    /// A straight sigmoid.
    HARDSIGMOID,
    /// Cut at -1 and 1.
    HARDTANH,
    /// The same as elu.
    CELU,
    /// The number less its hyperbolic tangent.
    TANHSHRINK,
    /// A slope of 11/48 where negative.
    RRELU,
    /// The logarithm of the sigmoid.
    LOGSIGMOID,
    /// Drawn to zero by a half.
    SOFTSHRINK,
    /// Zero where the magnitude is at most a half.
    HARDSHRINK,
    /// The number itself.
    IDENTITY,
    /// The magnitude.
    ABS,
    /// The sine.
    SIN,
    /// The cosine.
    COS,
    /// The sign.
    SIGN,
    /// The same as hardtanh.
    CLIP,
    /// The sign times the logarithm of one and the magnitude.
    SIGNED_LOG,
    /// The number, and a bow at zero.
    BENT_IDENTITY,
    /// Three to seven sines of random strength, frequency and phase, drawn anew for each layer.
    RANDOM_SINE;

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
