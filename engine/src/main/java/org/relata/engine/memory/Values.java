package org.relata.engine.memory;

import java.lang.foreign.MemorySegment;

/// The values of a relation's tuples: a tensor a row, one after the other.
///
/// @param segment where they stand
/// @param precision of each number
/// @param rows how many tuples there are
/// @param width numbers a tuple
public record Values(MemorySegment segment, Precision precision, int rows, int width) {
    /// Room for the values of so many tuples, all 0.
    public static Values of(Memory.Scope scope, Precision precision, int rows, int width) {
        return new Values(scope.allocate(bytes(precision, rows, width)), precision, rows, width);
    }

    /// Room for values which may be anything until they are set.
    public static Values unset(Memory.Scope scope, Precision precision, int rows, int width) {
        return new Values(scope.allocateUnset(bytes(precision, rows, width)), precision, rows, width);
    }

    /// How many bytes that takes.
    public static long bytes(Precision precision, int rows, int width) {
        return (long) rows * width * precision.bytes();
    }

    /// Tells the system how rows are going to be read, where they stand in a file.
    public void expect(Use use) {
        if (segment.isMapped()) {
            Pages.advise(segment, use);
        }
    }

    /// One number.
    public double get(int row, int element) {
        return precision.get(segment, (long) row * width + element);
    }

    /// Replaces one number.
    public void set(int row, int element, double number) {
        precision.set(segment, (long) row * width + element, number);
    }
}
