package org.relata.synth.scm;

/// The values of a finished table that its children read.
public interface StoredTable {
    /// How many columns it has.
    int columns();

    /// The points that stand for a column's values.
    Knots knots(int column);

    /// Whether children tell the classes of a column apart, rather than to take them as numbers.
    boolean embeds(int column);

    /// Puts the values of some rows into an array: numbers, or classes as whole numbers.
    ///
    /// @param rows the rows; where one is negative the value is zero
    void gather(int column, long[] rows, int count, float[] into);
}
