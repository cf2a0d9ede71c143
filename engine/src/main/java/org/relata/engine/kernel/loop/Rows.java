package org.relata.engine.kernel.loop;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Rows of memory that a loop is about to read.
public final class Rows {
    /// Bytes behind a row that a vector may read too.
    public static final int BEYOND = 64;

    private static final int LINE = 64;
    private static final MemorySegment MEMORY = memory();

    /// So that reading is not left out.
    @SuppressWarnings("unused")
    private static volatile int seen;

    private Rows() {}

    @SuppressWarnings("restricted") // addresses come from segments that are open while a loop runs
    private static MemorySegment memory() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /// Reads a byte of each cache line of rows. Nothing waits for these, so that many are on their way at once; a loop that
    /// computes with one row before it reads the next would wait for each.
    public static void touch(long[] rows, int count, long bytes) {
        int sum = 0;
        for (int row = 0; row < count; row++) {
            for (long at = rows[row]; at < rows[row] + bytes; at += LINE) {
                sum += MEMORY.get(ValueLayout.JAVA_BYTE, at);
            }
        }
        seen = sum;
    }
}
