package org.relata.algebra.run;

/// Room for the rows of a relation with integer keys, to be filled in whatever order. Every key has to be written, and
/// no two rows may agree in theirs; numbers that are not written are 0.
public interface RowWriter {
    /// Writes a key attribute of a row.
    ///
    /// @param attribute its place in the key
    void key(int attribute, int row, long value);

    /// Writes a number of a row's value, last axis fastest.
    void number(int row, int element, double number);

    /// How many numbers a value has.
    int width();

    /// Writes a key attribute of some rows.
    ///
    /// @param row the first of them
    /// @param values theirs, from the first one on
    default void keys(int attribute, int row, int[] values, int count) {
        for (int each = 0; each < count; each++) {
            key(attribute, row + each, values[each]);
        }
    }

    /// Writes the values of some rows.
    ///
    /// @param row the first of them
    /// @param from which row of the array is the first
    default void numbers(int row, float[] values, int from, int count) {
        int width = width();
        for (int each = 0; each < count; each++) {
            for (int element = 0; element < width; element++) {
                number(row + each, element, values[(from + each) * width + element]);
            }
        }
    }

    /// Writes one number everywhere in some rows.
    ///
    /// @param row the first of them
    default void fill(int row, int count, double number) {
        for (int each = row; each < row + count; each++) {
            for (int element = 0; element < width(); element++) {
                number(each, element, number);
            }
        }
    }
}
