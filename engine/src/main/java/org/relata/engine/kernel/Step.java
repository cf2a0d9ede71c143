package org.relata.engine.kernel;

import java.util.List;
import java.util.stream.Stream;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;

/// One operation on registers. A register holds a tensor for each row of a block, or one for all rows.
public sealed interface Step {
    /// The register that it fills.
    int out();

    /// The registers that it reads.
    default List<Operand> operands() {
        return switch (this) {
            case Load _, Constant _, Hyper _, Random _ -> List.of();
            case Apply apply -> List.of(apply.in);
            case Combine combine -> List.of(combine.left, combine.right);
            case Choose choose -> List.of(choose.condition, choose.then, choose.otherwise);
            case Move move -> List.of(new Operand(move.in, false));
            case Expand expand -> List.of(new Operand(expand.in, true));
            case Join join ->
                join.parts.stream().map(part -> new Operand(part.in, false)).toList();
            case Fold fold -> List.of(new Operand(fold.in, false));
            case Dot dot ->
                Stream.of(dot.left, dot.right).map(in -> new Operand(in, false)).toList();
            case Multiply multiply ->
                Stream.of(multiply.left, multiply.right)
                        .map(in -> new Operand(in, false))
                        .toList();
        };
    }

    /// The same, filling another register.
    default Step into(int out) {
        return switch (this) {
            case Load load -> new Load(load.leaf(), out);
            case Constant constant -> new Constant(constant.numbers(), out);
            case Hyper hyper -> new Hyper(hyper.name(), out);
            case Random random -> new Random(random.source(), out);
            case Apply apply -> new Apply(apply.operation(), apply.in(), out);
            case Combine combine -> new Combine(combine.operation(), combine.left(), combine.right(), out);
            case Choose choose -> new Choose(choose.condition(), choose.then(), choose.otherwise(), out);
            case Move move -> new Move(move.in(), move.sources(), out);
            case Expand expand -> new Expand(expand.in(), out);
            case Join join -> new Join(join.parts(), out);
            case Fold fold -> new Fold(fold.operation(), fold.in(), fold.targets(), out);
            case Dot dot -> new Dot(dot.left(), dot.right(), out);
            case Multiply multiply ->
                new Multiply(
                        multiply.left(),
                        multiply.leftTransposed(),
                        multiply.right(),
                        multiply.rightTransposed(),
                        multiply.m(),
                        multiply.k(),
                        multiply.n(),
                        out);
        };
    }

    /// A register as it is read.
    ///
    /// @param spread whether it holds one number a row, which stands for all of the row's
    record Operand(int register, boolean spread) {}

    /// Reads what a relation, or a key, has for each row.
    record Load(int leaf, int out) implements Step {}

    /// The same numbers in all rows.
    record Constant(List<Double> numbers, int out) implements Step {}

    /// A number that is given for a run.
    record Hyper(String name, int out) implements Step {}

    /// Random numbers that depend on the key.
    record Random(int source, int out) implements Step {}

    /// A function of each element.
    record Apply(Unary.Operation operation, Operand in, int out) implements Step {}

    /// A function of two elements at a time.
    record Combine(Binary.Operation operation, Operand left, Operand right, int out) implements Step {}

    /// A choice between two elements.
    record Choose(Operand condition, Operand then, Operand otherwise, int out) implements Step {}

    /// The same elements elsewhere: element `i` comes from `sources[i]`.
    record Move(int in, Places sources, int out) implements Step {}

    /// One number a row written out for all elements.
    record Expand(int in, int out) implements Step {}

    /// Several tensors in one.
    record Join(List<Part> parts, int out) implements Step {}

    /// A part of a [Join]: runs of `run` elements, each `stride` after the one before, the first at `at`.
    record Part(int in, int at, int run, int stride) {}

    /// Elements folded together: element `i` goes into `targets[i]`.
    record Fold(Reduce.Operation operation, int in, Places targets, int out) implements Step {}

    /// The sum of products of elements.
    record Dot(int left, int right, int out) implements Step {}

    /// The product of two matrices, either of which may stand with rows and columns exchanged.
    ///
    /// @param m rows of the left one
    /// @param k its columns
    /// @param n columns of the right one
    record Multiply(int left, boolean leftTransposed, int right, boolean rightTransposed, int m, int k, int n, int out)
            implements Step {
        /// A vector is the same either way.
        public Multiply {
            leftTransposed &= m > 1 && k > 1;
            rightTransposed &= k > 1 && n > 1;
        }

        /// The same product with rows and columns exchanged.
        Multiply transposed() {
            return new Multiply(right, !rightTransposed, left, !leftTransposed, n, k, m, 0);
        }

        /// Whether the left one has more than one row, and more than one column.
        public boolean leftIsMatrix() {
            return m > 1 && k > 1;
        }

        /// Whether the right one has.
        public boolean rightIsMatrix() {
            return k > 1 && n > 1;
        }
    }

    /// A list of positions.
    final class Places {
        private final int[] places;

        Places(int[] places) {
            this.places = places;
        }

        /// The positions; not to be changed.
        public int[] array() {
            return places;
        }
    }
}
