package org.relata.synth.source;

/// The values of a variable that nothing in its table influences. Thread-safe; a row always has the same value.
public interface Source {
    /// Puts the values of some rows into an array.
    ///
    /// @param rows the rows, ascending
    /// @param count how many of them
    /// @param into where the values go, in the same order: numbers, or classes as whole numbers
    void fill(long[] rows, int count, float[] into);
}
