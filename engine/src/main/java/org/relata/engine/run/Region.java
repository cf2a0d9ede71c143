package org.relata.engine.run;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.engine.kernel.Code;
import org.relata.engine.keys.Groups;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Slot;
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

        /// The groups into which rows are folded, where they stand group by group.
        default Optional<Groups> grouped() {
            return switch (this) {
                case Store _, Scatter _ -> Optional.empty();
                case Fold fold -> Optional.of(fold.groups());
                case Change change -> Optional.of(change.groups());
            };
        }

        /// It is a row of the result.
        record Store(int register, Values target) implements Sink {}

        /// It is folded into its group. Rows stand group by group.
        record Fold(int register, Aggregator aggregator, Groups groups, Values target) implements Sink {}

        /// It is added up in its group, and a multiple of the sum to a relation where that stands. Rows stand group by
        /// group; of the relation, they read the row of their group or none.
        ///
        /// @param groups whose places are rows of the relation
        /// @param relation its values
        /// @param factor what sums are multiplied by
        record Change(int register, Groups groups, Slot relation, ToDoubleFunction<Settings> factor) implements Sink {
            @Override
            public Values target() {
                return relation.values();
            }
        }

        /// It is added to the sum of its group, of which there are few. Rows stand in any order.
        ///
        /// @param groups the group of each row, which is the row of the target
        record Scatter(int register, Ints groups, Values target) implements Sink {}
    }
}
