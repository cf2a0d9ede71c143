package org.relata.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/// 32-bit integers by position.
///
/// @param segment where they stand
/// @param address of the segment
/// @param size how many there are
public record Ints(MemorySegment segment, long address, long size) {
    private Ints(MemorySegment segment) {
        this(segment, segment.address(), segment.byteSize() / Integer.BYTES);
    }

    /// Room for `size` of them, all 0.
    public static Ints of(Memory.Scope scope, long size) {
        return new Ints(scope.allocate(size * Integer.BYTES));
    }

    /// Room for `size` of them, which may be anything until they are set.
    public static Ints unset(Memory.Scope scope, long size) {
        return new Ints(scope.allocateUnset(size * Integer.BYTES));
    }

    /// One of them.
    public int get(long position) {
        return Addresses.MEMORY.get(
                ValueLayout.JAVA_INT_UNALIGNED, address + Objects.checkIndex(position, size) * Integer.BYTES);
    }

    /// Replaces one of them.
    public void set(long position, int value) {
        Addresses.MEMORY.set(
                ValueLayout.JAVA_INT_UNALIGNED, address + Objects.checkIndex(position, size) * Integer.BYTES, value);
    }

    /// Whether the first `count` of them are those of others.
    public boolean startsLike(Ints others, long count) {
        long bytes = count * Integer.BYTES;
        return segment.byteSize() >= bytes
                && others.segment.byteSize() >= bytes
                && MemorySegment.mismatch(segment, 0, bytes, others.segment, 0, bytes) < 0;
    }

    /// Copies `count` of them into an array.
    public void copy(long from, int[] to, int count) {
        MemorySegment.copy(segment, ValueLayout.JAVA_INT, from * Integer.BYTES, to, 0, count);
    }
}
