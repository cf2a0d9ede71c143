package org.relata.engine.lanes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.relata.engine.memory.Addresses;

/// Rows here and there in memory that are about to be read, or changed.
///
/// Reading a byte of each of their cache lines brings them near. Nothing waits for these bytes, so that many lines are
/// on
/// their way at once; a loop that computes with one row before it reads the next would wait for each.
public final class FarRows {
    /// What is larger does not stay in caches.
    private static final long NEAR = 1 << 23;

    private static final int LINE = 64;

    /// So that reading is not left out.
    @SuppressWarnings("unused")
    private static volatile int seen;

    private FarRows() {}

    /// Whether it pays to read rows of a segment before they are needed.
    public static boolean isFar(MemorySegment segment) {
        return segment.byteSize() > NEAR;
    }

    /// Brings rows near that begin at the listed addresses.
    public static void touch(long[] rows, int count, int bytes) {
        int sum = 0;
        for (int row = 0; row < count; row++) {
            sum += touched(rows[row], bytes);
        }
        seen = sum;
    }

    /// The same for listed rows of a segment; those at −1 are left out.
    static void touch(MemorySegment segment, int[] rows, int from, int to, int bytes) {
        long start = segment.address();
        int sum = 0;
        for (int row = from; row < to; row++) {
            if (rows[row] >= 0) {
                sum += touched(start + (long) rows[row] * bytes, bytes);
            }
        }
        seen = sum;
    }

    private static int touched(long start, int bytes) {
        int last = bytes - 1;
        int sum = 0;
        for (int at = 0; at < bytes; at += 4 * LINE) {
            sum += byteAt(start + at)
                    + byteAt(start + Math.min(at + LINE, last))
                    + byteAt(start + Math.min(at + 2 * LINE, last))
                    + byteAt(start + Math.min(at + 3 * LINE, last));
        }
        return sum;
    }

    private static int byteAt(long address) {
        return Addresses.MEMORY.get(ValueLayout.JAVA_BYTE, address);
    }
}
