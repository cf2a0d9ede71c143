package org.relata.engine.lanes;

import org.relata.engine.memory.Precision;

/// The arithmetic for a precision, in the fastest form that this virtual machine has.
public final class AnyLanes {
    private AnyLanes() {}

    /// What is done with arithmetic of either precision.
    ///
    /// @param <R> what comes of it
    public interface Use<R> {
        /// Does it.
        <A> R apply(Lanes<A> lanes);
    }

    /// Does something with the arithmetic for a precision.
    public static <R> R with(Precision precision, Use<R> use) {
        return switch (precision) {
            case FLOAT32 -> use.apply(new Float32Lanes());
            case FLOAT64 -> use.apply(new Float64Lanes());
        };
    }
}
