package org.relata.algebra.run;

import java.util.List;
import org.relata.algebra.value.Attribute;

/// The rows of a relation where they stand, number by number. It is valid until the relation changes or a program runs.
public interface RowReader {
    /// The attributes of the key, in order.
    List<Attribute> attributes();

    /// How many rows there are.
    int count();

    /// How many numbers a value has.
    int width();

    /// A key attribute of a row, which has to be an integer.
    ///
    /// @param attribute its place in the key
    long key(int attribute, int row);

    /// A number of a row's value, last axis fastest.
    double number(int row, int element);

    /// Whether numbers are kept in 32 bits.
    default boolean single() {
        return false;
    }

    /// Copies the numbers of a row.
    ///
    /// @param at where they go
    default void copy(int row, float[] to, int at) {
        for (int element = 0; element < width(); element++) {
            to[at + element] = (float) number(row, element);
        }
    }
}
