package org.relata.synth.scm;

/// Elementary functions in single precision, as arithmetic that the compiler turns into vector instructions, and that
/// gives the same bits on every machine.
///
/// Each is within a few units of the fifth or sixth digit: what mechanisms need, which are random anyway.
final class Floats {
    private static final float LARGEST_EXPONENT = 88;
    /// Adding and subtracting this rounds to a whole number.
    private static final float ROUNDER = 0x1.8p23f;

    static final float LN_2 = 0.6931472f;
    static final float LOG_OF_ZERO = -500;

    private static final float INVERSE_PI = 0.31830988f;
    private static final float PI_HIGH = 3.140625f;
    private static final float PI_MIDDLE = 9.6702576e-4f;
    private static final float PI_LOW = 6.2771141e-7f;
    private static final float HALF_PI = 1.5707964f;

    private Floats() {}

    /// e^x, by a Taylor series at a 256th of x, squared eight times.
    static float exp(float x) {
        float v = Math.max(-LARGEST_EXPONENT + 1, Math.min(LARGEST_EXPONENT, x)) * (1f / 256);
        float p = v * (1f / 720) + 1f / 120;
        p = p * v + 1f / 24;
        p = p * v + 1f / 6;
        p = p * v + 0.5f;
        p = p * v + 1;
        p = p * v + 1;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        return p * p;
    }

    /// e^x for x that is zero or less, to three digits: for sums of exponentials.
    static float decay(float x) {
        float v = Math.max(-64, x) * (1f / 256);
        float p = (0.5f * v + 1) * v + 1;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        return p * p;
    }

    /// The hyperbolic tangent, by its continued fraction where it is not yet one.
    static float tanh(float x) {
        float v = Math.max(-4.97f, Math.min(4.97f, x));
        float s = v * v;
        float above = v * (((s + 378) * s + 17_325) * s + 135_135);
        float below = ((28 * s + 3150) * s + 62_370) * s + 135_135;
        return Math.max(-1, Math.min(1, above / below));
    }

    /// The logistic function.
    static float sigmoid(float x) {
        return 0.5f + 0.5f * tanh(0.5f * x);
    }

    /// ln(1 + t) for t from 0 to 1, by the series of the inverse hyperbolic tangent.
    static float log1p(float t) {
        float s = t / (t + 2);
        float q = s * s;
        float p = q * (1f / 11) + 1f / 9;
        p = p * q + 1f / 7;
        p = p * q + 1f / 5;
        p = p * q + 1f / 3;
        p = p * q + 1;
        return 2 * s * p;
    }

    /// ln(x) for x from 1 to a few thousand; zero below 1.
    static float logAboveOne(float x) {
        float root = (float) Math.sqrt((float) Math.sqrt((float) Math.sqrt(Math.max(1, x))));
        float s = (root - 1) / (root + 1);
        float q = s * s;
        float p = q * (1f / 11) + 1f / 9;
        p = p * q + 1f / 7;
        p = p * q + 1f / 5;
        p = p * q + 1f / 3;
        p = p * q + 1;
        return 16 * s * p;
    }

    /// ln(x) for positive x; less than of any of these for zero.
    static float log(float x) {
        int bits = Float.floatToRawIntBits(x);
        float exponent = (bits >>> 23) - 127;
        float log = exponent * LN_2 + log1p(Float.intBitsToFloat((bits & 0x7FFFFF) | 0x3F800000) - 1);
        return x < Float.MIN_NORMAL ? LOG_OF_ZERO : log;
    }

    /// ln(1 + e^x).
    static float softplus(float x) {
        return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
    }

    /// The error function, by a rational function fitted to it where it is not yet one.
    static float erf(float x) {
        float v = Math.max(-3.92f, Math.min(3.92f, x));
        float s = v * v;
        float above = s * 1.9922295e-8f - 1.9577686e-6f;
        above = above * s + 1.4185761e-4f;
        above = above * s + 3.7020711e-3f;
        above = above * s + 5.0574884e-2f;
        above = above * s + 0.19993648f;
        above = (above * s + 1.1283791f) * v;
        float below = s * 9.561378e-4f + 1.4354188e-2f;
        below = below * s + 0.11500332f;
        below = below * s + 0.51052076f;
        below = below * s + 1;
        return Math.max(-1, Math.min(1, above / below));
    }

    /// The sine; beyond a million it is some number between -1 and 1.
    static float sin(float x) {
        float bounded = Math.max(-1e7f, Math.min(1e7f, x));
        float turns = (bounded * INVERSE_PI + ROUNDER) - ROUNDER;
        float half = (turns * 0.5f + ROUNDER) - ROUNDER;
        float odd = turns - 2 * half;
        float r = Math.fma(turns, -PI_HIGH, bounded);
        r = Math.fma(turns, -PI_MIDDLE, r);
        r = Math.fma(turns, -PI_LOW, r);
        r = Math.max(-HALF_PI, Math.min(HALF_PI, r));
        float s = r * r;
        float p = s * 2.6e-6f - 1.98074e-4f;
        p = p * s + 8.3330255e-3f;
        p = p * s - 0.16666657f;
        p = p * s * r + r;
        return p * (1 - 2 * odd * odd);
    }

    /// sign(x) ln(1 + |x|) for x up to ten million.
    ///
    /// Up to 1 the logarithm is a series; what comes above is added as the logarithm of (1 + |x|) / 2, which five roots
    /// bring near one.
    static float signedLog(float x) {
        float size = Math.abs(x);
        float y = Math.max(1, 0.5f + 0.5f * size);
        float root = (float) Math.sqrt((float) Math.sqrt((float) Math.sqrt(y)));
        root = (float) Math.sqrt((float) Math.sqrt(root));
        float s = (root - 1) / (root + 1);
        float q = s * s;
        float p = q * (1f / 9) + 1f / 7;
        p = p * q + 1f / 5;
        p = p * q + 1f / 3;
        p = p * q + 1;
        float log = log1p(Math.min(size, 1)) + 64 * s * p;
        return log * (x / Math.max(size, Float.MIN_NORMAL));
    }
}
