package org.relata.cli.run;

/// How `--memory` is shared out: three eighths to the Java heap, half to DuckDB, the rest to LightGBM and the JVM
/// itself.
///
/// The heap was fixed when the JVM started; where it turned out smaller than its share, DuckDB gets the difference.
///
/// @param total what the whole process may use, in bytes
/// @param heap what the Java heap may grow to, in bytes
/// @param duckdb what DuckDB may hold before it spills, in bytes
public record MemoryPlan(long total, long heap, long duckdb) {
    /// Less than this and DuckDB cannot even sort.
    private static final long LEAST_FOR_DUCKDB = 128L << 20;

    /// The plan for this JVM.
    ///
    /// @param total what the whole process may use, in bytes
    public static MemoryPlan of(long total) {
        return of(total, Runtime.getRuntime().maxMemory());
    }

    static MemoryPlan of(long total, long heap) {
        long left = total - Math.min(heap, heapShare(total)) - total / 8;
        return new MemoryPlan(total, heap, Math.max(LEAST_FOR_DUCKDB, left));
    }

    /// What the engine may hold of what `--memory` leaves beside the heap and the JVM itself, in bytes.
    public static long engine(long total) {
        return total - Math.min(Runtime.getRuntime().maxMemory(), heapShare(total)) - total / 8;
    }

    /// What the Java heap should be at most, in bytes: the `-Xmx` to start the JVM with.
    public static long heapShare(long total) {
        return total / 8 * 3;
    }

    /// Whether the heap may grow past its share, so that the process may use more than it should.
    public boolean heapTooLarge() {
        // The collectors round the heap; a quarter more is not worth a word.
        return heap > heapShare(total) / 4 * 5;
    }
}
