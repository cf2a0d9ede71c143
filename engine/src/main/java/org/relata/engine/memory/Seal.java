package org.relata.engine.memory;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;
import org.relata.algebra.value.AlgebraException;

/// Sums over what was written to a file for good, by which it is seen whether the disk gives it back as it was. To look
/// at all of it whenever any is read would take as long as the work itself, so each time a part is looked at, in turn.
public final class Seal {
    private static final int BLOCK = 1 << 20;

    /// Parts in which a file is looked at.
    private static final int TURNS = 16;

    private final String place;
    private final MemorySegment segment;
    private final int[] sums;
    private int next;

    /// Sums up what stands there now.
    ///
    /// @param place what it is, for an error
    public Seal(String place, MemorySegment segment) {
        this.place = place;
        this.segment = segment;
        this.sums = new int[Math.toIntExact(Math.ceilDiv(segment.byteSize(), BLOCK))];
        for (int block = 0; block < sums.length; block++) {
            sums[block] = sum(block);
        }
    }

    /// Looks at the next part.
    ///
    /// @throws AlgebraException with code `memory.damaged` where it is not what was written
    public void check() {
        int count = Math.ceilDiv(sums.length, TURNS);
        for (int each = 0; each < count; each++) {
            int block = next;
            next = (next + 1) % sums.length;
            if (sum(block) != sums[block]) {
                throw new AlgebraException(
                        "memory.damaged",
                        place,
                        "bytes " + (long) block * BLOCK + " to " + end(block)
                                + " of the file that holds it are not what was written",
                        "run again; if it comes back, the disk of the spill folder is failing");
            }
        }
    }

    private long end(int block) {
        return Math.min(segment.byteSize(), (block + 1L) * BLOCK);
    }

    private int sum(int block) {
        CRC32C sum = new CRC32C();
        long from = (long) block * BLOCK;
        sum.update(segment.asSlice(from, end(block) - from).asByteBuffer());
        return (int) sum.getValue();
    }
}
