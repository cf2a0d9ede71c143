package org.relata.engine.kernel.loop;

import java.util.List;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;
import org.relata.engine.memory.Precision;

/// What a loop does, apart from which arrays it is given: loops of one shape share their code.
///
/// @param width numbers a row
/// @param inputs how many arrays are read
/// @param lists how many lists of rows in memory are read
/// @param operations in order
/// @param stored the operations of which the results are stored, in the order of the arrays that they fill
public record LoopShape(
        Precision precision, int width, int inputs, int lists, List<Operation> operations, List<Integer> stored) {
    /// Copies.
    public LoopShape {
        operations = List.copyOf(operations);
        stored = List.copyOf(stored);
    }

    /// One operation on each element of a row, or, in [Dot] and [Sum], on all elements of a row.
    public sealed interface Operation {
        /// What it reads.
        default List<Operand> operands() {
            return switch (this) {
                case Copy copy -> List.of(copy.in);
                case Apply apply -> List.of(apply.in);
                case Combine combine -> List.of(combine.left, combine.right);
                case Choose choose -> List.of(choose.condition, choose.then, choose.otherwise);
                case Dot dot -> List.of(dot.left, dot.right);
                case Sum sum -> List.of(sum.in);
            };
        }

        /// Whether it makes one number of a row.
        default boolean folds() {
            return this instanceof Dot || this instanceof Sum;
        }
    }

    /// The same.
    public record Copy(Operand in) implements Operation {}

    /// A function of an element.
    public record Apply(Unary.Operation operation, Operand in) implements Operation {}

    /// A function of two elements.
    public record Combine(Binary.Operation operation, Operand left, Operand right) implements Operation {}

    /// One of two elements.
    public record Choose(Operand condition, Operand then, Operand otherwise) implements Operation {}

    /// The sum of products.
    public record Dot(Operand left, Operand right) implements Operation {}

    /// The sum of elements.
    public record Sum(Operand in) implements Operation {}

    /// Where an operand comes from.
    public sealed interface Operand {
        /// An earlier operation of the loop.
        record Result(int operation) implements Operand {}

        /// A row of an array.
        record Row(int array) implements Operand {}

        /// A row of memory.
        record Listed(int list) implements Operand {}

        /// One number a row, which stands for all elements.
        record Each(int array) implements Operand {}

        /// One tensor for all rows.
        record Shared(int array) implements Operand {}

        /// One number for all rows and elements.
        record Number(int array) implements Operand {}
    }
}
