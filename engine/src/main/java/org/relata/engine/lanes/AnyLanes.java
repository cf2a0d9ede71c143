package org.relata.engine.lanes;

import org.relata.engine.memory.Precision;

/// The arithmetic for a precision, in the fastest form that this virtual machine has.
public final class AnyLanes {
    private static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private AnyLanes() {}

    /// What is done with arithmetic of either precision.
    ///
    /// @param <R> what comes of it
    public interface Use<R> {
        /// Does it.
        <A> R apply(Lanes<A> lanes);
    }

    /// Whether this virtual machine was started with the Vector API (`--add-modules jdk.incubator.vector`).
    public static boolean vectors() {
        return VECTORS;
    }

    /// Does something with the arithmetic for a precision.
    public static <R> R with(Precision precision, Use<R> use) {
        return switch (precision) {
            case FLOAT32 -> use.apply(vectors() ? new VectorFloat32Lanes() : new Float32Lanes());
            case FLOAT64 -> use.apply(new Float64Lanes());
        };
    }
}
