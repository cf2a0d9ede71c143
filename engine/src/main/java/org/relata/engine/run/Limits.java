package org.relata.engine.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Memory;

/// What the machine reaches with all threads, measured: what plans are to be held against.
///
/// @param operations a second in matrix products
/// @param bytes a second that are read and written when memory is copied; 0 where there is no room to measure it
public record Limits(double operations, double bytes) {
    /// Matrices of so many rows and columns fit near a core, and are large enough for a product's full speed.
    private static final int SIDE = 384;

    /// So much lies beyond what most processors keep near.
    private static final long COPIED = 1L << 26;

    private static final int TIMES = 5;

    /// Measures, for some hundredths of a second.
    static <A> Limits measured(Lanes<A> lanes, Pool pool, Memory memory) {
        int threads = pool.threads();
        double multiplied = 2.0 * SIDE * SIDE * SIDE * threads;
        double products = least(pool, () -> {
            A a = lanes.allocate(SIDE * SIDE);
            A b = lanes.allocate(SIDE * SIDE);
            A c = lanes.allocate(SIDE * SIDE);
            return _ -> lanes.multiply(false, false, SIDE, SIDE, SIDE, a, 0, b, 0, 0, c, 0);
        });
        if (memory.room() < 2 * COPIED) {
            return new Limits(multiplied / products, 0);
        }
        // Not the engine's own memory, which is kept and counted.
        try (Arena arena = Arena.ofShared()) {
            MemorySegment from = arena.allocate(COPIED);
            MemorySegment to = arena.allocate(COPIED);
            long each = COPIED / threads;
            double copies = least(pool, () -> part -> MemorySegment.copy(from, part * each, to, part * each, each));
            return new Limits(multiplied / products, 2.0 * each * threads / copies);
        }
    }

    /// Makes what one thread needs.
    @FunctionalInterface
    private interface Making {
        IntConsumer next();
    }

    /// Seconds of the quickest time that each thread did a part.
    private static double least(Pool pool, Making making) {
        double least = Double.POSITIVE_INFINITY;
        for (int time = 0; time < TIMES; time++) {
            long start = System.nanoTime();
            pool.run(pool.threads(), () -> making.next()::accept);
            least = Math.min(least, (System.nanoTime() - start) / 1e9);
        }
        return least;
    }

    /// In words.
    @Override
    public String toString() {
        String products =
                String.format(Locale.ROOT, "this machine reaches %.1f GFLOP/s in matrix products", operations / 1e9);
        return bytes == 0
                ? products
                : String.format(
                        Locale.ROOT, "%s and copies memory at %.1f GB/s, read and written", products, bytes / 1e9);
    }
}
