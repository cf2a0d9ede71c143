package org.relata.synth.config;

import java.util.Arrays;
import java.util.List;
import org.relata.synth.random.Draws;

/// Values that a parameter may take; one is drawn where it is used.
///
/// A set of one value, or a range whose ends are equal, pins the parameter.
public sealed interface Choices<T> permits IntegerRange, RealRange, OneOf {
    /// One of the values, each as likely.
    T draw(Draws draws);

    /// Whole numbers from low to high, both included.
    static IntegerRange range(int low, int high) {
        return new IntegerRange(low, high);
    }

    /// Real numbers from low to high, the latter excluded.
    static RealRange range(double low, double high) {
        return new RealRange(low, high);
    }

    /// The values given.
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> OneOf<T> oneOf(T... values) {
        return new OneOf<>(List.copyOf(Arrays.asList(values)));
    }
}
