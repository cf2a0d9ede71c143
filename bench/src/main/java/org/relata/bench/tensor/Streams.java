package org.relata.bench.tensor;

import java.util.SplittableRandom;

/// Numbers of the peers' inputs: each comes from a seed and its place alone.
final class Streams {
    private Streams() {}

    /// 32-bit numbers between two bounds.
    static float[] uniform(long seed, int count, double from, double to) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextDouble() * (to - from) + from);
        }
        return numbers;
    }

    /// Integers from 0 to below a bound.
    static int[] integers(long seed, int count, int bound) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (int) (random.nextDouble() * bound);
        }
        return numbers;
    }
}
