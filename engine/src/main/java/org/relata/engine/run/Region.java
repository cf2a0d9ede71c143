package org.relata.engine.run;

import org.relata.algebra.Aggregator;
import org.relata.engine.kernel.Code;
import org.relata.engine.keys.Groups;
import org.relata.engine.memory.Values;

/// Operators that are computed together, in one pass over rows of which none is kept but the result.
///
/// @param code what is computed for each row
/// @param rows how many there are
/// @param sink what becomes of the values
/// @param target where results go
public record Region(Code code, int rows, Sink sink, Values target) {
    /// What becomes of the value of a row.
    public sealed interface Sink {
        /// It is a row of the result.
        record Store() implements Sink {}

        /// It is folded into its group. Rows stand group by group.
        record Fold(Aggregator aggregator, Groups groups) implements Sink {}
    }
}
