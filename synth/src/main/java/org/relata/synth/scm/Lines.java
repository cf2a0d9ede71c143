package org.relata.synth.scm;

/// What an encoder sends, as straight lines between points: for each point the value there, and how much is added on
/// the
/// way to the next.
///
/// Values lie row by row, as do the aggregates they go into: a row reads one line and nothing else, which the compiler
/// turns into a few vector instructions.
///
/// @param values for each point, its place in the latent space
/// @param slopes for each point, the way to the next; zero at the last
record Lines(float[][] values, float[][] slopes) {
    /// No lines: the encoder is evaluated for every row.
    static final Lines NONE = new Lines(new float[0][], new float[0][]);

    boolean isEmpty() {
        return values.length == 0;
    }

    /// Adds what is sent, times a factor.
    void add(int[] cell, float[] part, float factor, float[][] into, int count) {
        for (int r = 0; r < count; r++) {
            add(into[r], values[cell[r]], slopes[cell[r]], factor, factor * part[r], into[r].length);
        }
    }

    private static void add(float[] z, float[] t, float[] s, float factor, float way, int width) {
        for (int j = 0; j < width; j++) {
            z[j] += Math.fma(way, s[j], factor * t[j]);
        }
    }

    /// Keeps the larger.
    void max(int[] cell, float[] part, float[][] into, int count) {
        for (int r = 0; r < count; r++) {
            max(into[r], values[cell[r]], slopes[cell[r]], part[r], into[r].length);
        }
    }

    private static void max(float[] z, float[] t, float[] s, float way, int width) {
        for (int j = 0; j < width; j++) {
            z[j] = Math.max(z[j], Math.fma(way, s[j], t[j]));
        }
    }

    /// Multiplies, within a bound.
    void multiply(int[] cell, float[] part, float[][] into, int count) {
        for (int r = 0; r < count; r++) {
            multiply(into[r], values[cell[r]], slopes[cell[r]], part[r], into[r].length);
        }
    }

    private static void multiply(float[] z, float[] t, float[] s, float way, int width) {
        for (int j = 0; j < width; j++) {
            float product = z[j] * Math.fma(way, s[j], t[j]);
            z[j] = Math.max(-Messages.PRODUCT_BOUND, Math.min(Messages.PRODUCT_BOUND, product));
        }
    }

    /// Adds the exponentials of what is sent, relative to the largest.
    void addExponentials(int[] cell, float[] part, float[][] sums, float[][] largest, int count) {
        for (int r = 0; r < count; r++) {
            addExponentials(sums[r], largest[r], values[cell[r]], slopes[cell[r]], part[r], sums[r].length);
        }
    }

    private static void addExponentials(float[] sum, float[] largest, float[] t, float[] s, float way, int width) {
        for (int j = 0; j < width; j++) {
            sum[j] += Floats.decay(Math.fma(way, s[j], t[j]) - largest[j]);
        }
    }
}
