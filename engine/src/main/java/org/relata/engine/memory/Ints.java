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
    /// 2⁶⁴ by the golden ratio.
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

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

    /// A number that differs where the first `count` of them do, but for chance.
    public long hash(int count) {
        // Four sums side by side: one alone waits for each of its products.
        long one = count;
        long two = 0;
        long three = 0;
        long four = 0;
        int at = 0;
        for (; at + 3 < count; at += 4) {
            one = one * FACTOR + get(at);
            two = two * FACTOR + get(at + 1L);
            three = three * FACTOR + get(at + 2L);
            four = four * FACTOR + get(at + 3L);
        }
        for (; at < count; at++) {
            one = one * FACTOR + get(at);
        }
        return ((one * FACTOR + two) * FACTOR + three) * FACTOR + four;
    }
}
