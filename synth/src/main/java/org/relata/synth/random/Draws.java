package org.relata.synth.random;

import java.util.List;

/// A stream of random numbers read in order, for decisions that follow one another. Not thread-safe.
public final class Draws {
    private final Key key;
    private long counter;

    Draws(Key key) {
        this.key = key;
    }

    /// 64 random bits.
    public long bits() {
        return key.bits(counter++);
    }

    /// A number in [0, 1).
    public double uniform() {
        return key.uniform(counter++);
    }

    /// A number in [low, high).
    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /// A whole number in low..high, both included.
    public int integer(int low, int high) {
        return low + (int) key.below(counter++, (long) high - low + 1);
    }

    /// Whether something of this probability happens.
    public boolean happens(double probability) {
        return uniform() < probability;
    }

    /// A standard normal number.
    public double normal() {
        return key.normal(counter++);
    }

    /// A standard Cauchy number. Half a step is added so that it is never infinite.
    public double cauchy() {
        double u = uniform() + 0x1.0p-54;
        return StrictMath.tan(Math.PI * (u - 0.5));
    }

    /// An exponential number of mean 1.
    public double exponential() {
        return -StrictMath.log(1 - uniform());
    }

    /// One of the values, each as likely.
    public <T> T pick(List<T> values) {
        return values.get(integer(0, values.size() - 1));
    }

    /// Probabilities drawn from the flat Dirichlet law.
    public double[] simplex(int size) {
        double[] shares = new double[size];
        double total = 0;
        for (int i = 0; i < size; i++) {
            shares[i] = exponential();
            total += shares[i];
        }
        for (int i = 0; i < size; i++) {
            shares[i] /= total;
        }
        return shares;
    }

    /// The numbers 0..size-1 in random order.
    public int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = integer(0, i);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
