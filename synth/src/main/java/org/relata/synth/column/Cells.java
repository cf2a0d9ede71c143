package org.relata.synth.column;

/// The cells of one column for some rows. Do not change the arrays.
public sealed interface Cells {
    /// For each row, whether there is no value.
    boolean[] missing();

    /// Whole numbers: keys too.
    record Longs(long[] values, boolean[] missing) implements Cells {}

    /// Real numbers, all finite.
    record Reals(double[] values, boolean[] missing) implements Cells {}

    /// True or false.
    record Flags(boolean[] values, boolean[] missing) implements Cells {}

    /// Labels and texts.
    record Texts(String[] values, boolean[] missing) implements Cells {}

    /// Days since 1970-01-01.
    record Days(int[] values, boolean[] missing) implements Cells {}

    /// Microseconds since 1970-01-01T00:00.
    record Instants(long[] values, boolean[] missing) implements Cells {}
}
