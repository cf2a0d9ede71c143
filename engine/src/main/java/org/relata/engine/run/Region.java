package org.relata.engine.run;

import java.util.List;
import org.relata.algebra.Aggregator;
import org.relata.engine.kernel.Code;
import org.relata.engine.keys.Groups;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Values;

/// Operators that are computed together, in one pass over rows of which none is kept but results.
///
/// @param code what is computed for each row
/// @param rows how many there are
/// @param sinks what becomes of it
public record Region(Code code, int rows, List<Sink> sinks) {
    /// Copies.
    public Region {
        sinks = List.copyOf(sinks);
    }

    /// What becomes of the value that a register has for each row.
    public sealed interface Sink {
        /// Where the value is.
        int register();

        /// Where results go.
        Values target();

        /// It is a row of the result.
        record Store(int register, Values target) implements Sink {}

        /// It is folded into its group. Rows stand group by group.
        record Fold(int register, Aggregator aggregator, Groups groups, Values target) implements Sink {}

        /// It is added to the sum of its group, of which there are few. Rows stand in any order.
        ///
        /// @param groups the group of each row, which is the row of the target
        record Scatter(int register, Ints groups, Values target) implements Sink {}
    }
}
