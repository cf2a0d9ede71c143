package org.relata.engine.kernel.loop;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.relata.engine.lanes.AnyLanes;

/// Loops by their shape, each written once.
///
/// A program that is planned anew for each batch has loops of the same shapes again, and the compiler of the virtual
/// machine is done with them after the first batches.
public final class Loops {
    /// Beyond so many, programs are so different that loops are not written any more.
    private static final int MOST = 2_000;

    private static final Map<LoopShape, Loop> WRITTEN = new ConcurrentHashMap<>();

    private Loops() {}

    /// Whether loops can be written: they need the Vector API.
    public static boolean available() {
        return AnyLanes.vectors() && WRITTEN.size() < MOST;
    }

    /// The loop of a shape.
    public static Loop of(LoopShape shape) {
        return WRITTEN.computeIfAbsent(shape, Loops::written);
    }

    private static Loop written(LoopShape shape) {
        try {
            return (Loop) MethodHandles.lookup()
                    .defineHiddenClass(LoopWriter.write(shape), true)
                    .lookupClass()
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a loop cannot be made for " + shape, e);
        }
    }
}
