package org.relata.learn.model;

import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;

/// A relation with integer keys before it is bound: in arrays, or in a database from which it is taken piece by piece.
sealed interface RowSource permits Rows, Streamed {
    /// How many rows there are.
    int count();

    /// Of a value.
    Shape shape();

    /// Makes it what programs see under a name.
    ///
    /// @param sum is told of every row
    void bind(Runner runner, String name, RowSum sum);

    /// The same in arrays, for what fits into the heap.
    Rows rows();
}
