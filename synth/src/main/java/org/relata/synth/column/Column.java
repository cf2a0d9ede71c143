package org.relata.synth.column;

import java.util.Optional;
import org.relata.synth.random.Shuffle;
import org.relata.synth.schema.ColumnPlan;

/// A column whose values are settled: how it is cut, shown and left empty.
///
/// @param plan what was asked for
/// @param classes how many classes its values have, or zero for numbers
/// @param cut how numbers of the variable become classes; empty where they are not cut
/// @param look how values are shown
/// @param missing the order in which rows lose their value
/// @param gaps how many rows do
public record Column(ColumnPlan plan, int classes, Optional<Cut> cut, Look look, Shuffle missing, long gaps) {
    /// The cells of some rows, from the values that children see.
    public Cells cells(float[] values, long[] rows, int count) {
        boolean[] empty = new boolean[count];
        for (int i = 0; i < count && gaps > 0; i++) {
            empty[i] = missing.place(rows[i]) < gaps;
        }
        return look.show(values, rows, count, empty);
    }

    /// Turns values of the variable into values that children see, in place.
    public void settle(float[] values, int count) {
        settle(cut, classes, values, count);
    }

    /// Turns values of a variable into classes, or leaves them numbers, in place.
    ///
    /// @param cut how numbers are cut; empty where the variable takes classes, or the column is to show numbers
    /// @param classes of the column, or zero for numbers
    public static void settle(Optional<Cut> cut, int classes, float[] values, int count) {
        if (cut.isPresent()) {
            for (int i = 0; i < count; i++) {
                values[i] = cut.get().of(values[i]);
            }
        } else if (classes > 0) {
            // The variable may have more classes than the column, where another is shown in place of a constant one.
            for (int i = 0; i < count; i++) {
                values[i] = (int) values[i] % classes;
            }
        }
    }
}
