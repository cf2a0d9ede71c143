package org.relata.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// How numbers are held and computed with.
public enum Precision {
    /// 32-bit floating point.
    FLOAT32(Float.BYTES),
    /// 64-bit floating point.
    FLOAT64(Double.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes a number.
    public int bytes() {
        return bytes;
    }

    /// The number at a position.
    public double get(MemorySegment segment, long position) {
        return this == FLOAT32
                ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, position)
                : segment.getAtIndex(ValueLayout.JAVA_DOUBLE, position);
    }

    /// Replaces the number at a position.
    public void set(MemorySegment segment, long position, double number) {
        if (this == FLOAT32) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, position, (float) number);
        } else {
            segment.setAtIndex(ValueLayout.JAVA_DOUBLE, position, number);
        }
    }
}
