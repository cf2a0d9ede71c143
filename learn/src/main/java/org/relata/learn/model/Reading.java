package org.relata.learn.model;

import java.nio.file.Path;
import org.relata.algebra.value.AlgebraException;

/// What reading files may take: DuckDB puts them in order, and keeps what goes beyond on the disk.
///
/// @param memoryBytes that DuckDB may hold
/// @param threads that work at once
/// @param folder for what does not fit, which is gone at the end
public record Reading(long memoryBytes, int threads, Path folder) {
    /// DuckDB cannot even sort with less.
    private static final long LEAST = 64L << 20;

    /// Checks the numbers.
    public Reading {
        if (threads < 1) {
            throw new AlgebraException("reading.threads", "threads", threads + " is too few", "give at least 1");
        }
        memoryBytes = Math.max(LEAST, memoryBytes);
    }

    /// As much as the heap may have, all processors, and the system's folder for temporary files.
    public static Reading standard() {
        return new Reading(
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors(),
                Path.of(System.getProperty("java.io.tmpdir")));
    }
}
