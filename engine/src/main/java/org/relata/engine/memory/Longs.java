package org.relata.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/// 64-bit integers by position.
///
/// @param segment where they stand
/// @param address of the segment
/// @param size how many there are
public record Longs(MemorySegment segment, long address, long size) {
    private Longs(MemorySegment segment) {
        this(segment, segment.address(), segment.byteSize() / Long.BYTES);
    }

    /// Room for `size` of them, all 0.
    public static Longs of(Memory.Scope scope, long size) {
        return new Longs(scope.allocate(size * Long.BYTES));
    }

    /// Room for `size` of them, which may be anything until they are set.
    public static Longs unset(Memory.Scope scope, long size) {
        return new Longs(scope.allocateUnset(size * Long.BYTES));
    }

    /// One of them.
    public long get(long position) {
        return Addresses.MEMORY.get(
                ValueLayout.JAVA_LONG_UNALIGNED, address + Objects.checkIndex(position, size) * Long.BYTES);
    }

    /// Replaces one of them.
    public void set(long position, long value) {
        Addresses.MEMORY.set(
                ValueLayout.JAVA_LONG_UNALIGNED, address + Objects.checkIndex(position, size) * Long.BYTES, value);
    }

    /// Copies `count` of them into an array.
    public void copy(long from, long[] to, int count) {
        MemorySegment.copy(segment, ValueLayout.JAVA_LONG, from * Long.BYTES, to, 0, count);
    }

    /// Replaces `count` of them by those of an array.
    public void copy(long[] from, long to, int count) {
        MemorySegment.copy(from, 0, segment, ValueLayout.JAVA_LONG, to * Long.BYTES, count);
    }
}
