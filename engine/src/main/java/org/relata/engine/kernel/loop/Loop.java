package org.relata.engine.kernel.loop;

/// A loop over rows, which reads rows of arrays and of memory and fills arrays.
///
/// Arrays need room for one more vector behind their last row: a row need not end with a vector, and what goes beyond
/// it
/// is garbage that the next row replaces.
public interface Loop {
    /// Does `count` rows.
    ///
    /// @param arrays `float[]` or `double[]`: what is read, then what is filled
    /// @param starts where the first row begins in each of them
    /// @param rows for each list of rows in memory, the address of each
    void run(Object[] arrays, int[] starts, long[][] rows, int count);
}
