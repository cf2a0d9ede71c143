package org.relata.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Draws from the few distributions the shop needs, the same on every machine for a seed.
final class Draw {
    private final SplittableRandom random;

    Draw(SplittableRandom random) {
        this.random = random;
    }

    /// An independent stream.
    Draw split() {
        return new Draw(random.split());
    }

    double uniform() {
        return random.nextDouble();
    }

    /// Whether something of that probability happens.
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// A whole number from `low` to `high`, both included.
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /// A standard normal value, by the polar method on our own uniform draws: `nextGaussian` may change between JDKs.
    double normal() {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    /// A log-normal value with that median.
    double logNormal(double median, double spread) {
        return median * StrictMath.exp(spread * normal());
    }

    /// A Poisson count; the mean is small.
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// The numbers from 0 to `size - 1` in a drawn order.
    List<Integer> shuffled(int size) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            numbers.add(between(0, i), i);
        }
        return numbers;
    }

    /// One of the positions, in proportion to the weights.
    int weighted(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /// The value, or nothing with that probability.
    <T> Optional<T> unlessMissing(double missing, T value) {
        return chance(missing) ? Optional.empty() : Optional.of(value);
    }
}
