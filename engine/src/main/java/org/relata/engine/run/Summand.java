package org.relata.engine.run;

import java.util.List;
import org.relata.engine.kernel.Step;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Slot;

/// What a sum adds up, in forms that need not be written out first.
public sealed interface Summand {
    /// The registers that it is read from.
    default List<Integer> registers() {
        return switch (this) {
            case Value value -> List.of(value.register());
            case Weighted weighted -> List.of(weighted.weight(), weighted.tensor());
            case Gathered gathered -> gathered.weight() < 0 ? List.of() : List.of(gathered.weight());
            case Outer outer -> List.of(outer.left(), outer.right());
            case Product product ->
                List.of(product.step().left(), product.step().right());
        };
    }

    /// The tensor in a register.
    record Value(int register) implements Summand {}

    /// A number of each row times a tensor of each row.
    record Weighted(int weight, int tensor) implements Summand {}

    /// A number of each row times a tensor that a listed row of a relation has: a product with a sparse matrix.
    ///
    /// @param weight the register of the number; negative for 1
    record Gathered(int weight, Slot slot, RowMap.Indexed map) implements Summand {}

    /// The outer product of two vectors of each row: a product of two dense matrices.
    ///
    /// @param m size of the left one
    /// @param n size of the right one
    record Outer(int left, int right, int m, int n) implements Summand {}

    /// The product of two matrices of each row, which may be read where they stand.
    record Product(Step.Multiply step) implements Summand {}
}
