package org.relata.engine.kernel;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import org.relata.engine.keys.RowMap;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Values;

/// Products of matrices. Those that stand in a relation are read there; where rows that follow each other read the same
/// one, their vectors are multiplied with it together.
///
/// @param <A> the arrays that it computes with
final class Products<A> {
    private final Code code;
    private final Lanes<A> lanes;
    private final Registers<A> registers;

    Products(Code code, Lanes<A> lanes, Registers<A> registers) {
        this.code = code;
        this.lanes = lanes;
        this.registers = registers;
    }

    /// Multiplies for each of `count` rows.
    ///
    /// @param from the row of the region with which they begin
    void multiply(Step.Multiply step, int from, int count, A out, int to) {
        int m = step.m();
        int k = step.k();
        int n = step.n();
        boolean leftStands = code.standing().containsKey(step.left());
        boolean rightStands = code.standing().containsKey(step.right());
        boolean leftShared = registers.isUniform(step.left());
        boolean rightShared = registers.isUniform(step.right());
        if (n == 1 && leftStands && !rightShared) {
            // A times each vector: all vectors, as rows, times A with rows and columns exchanged.
            runs(step.left(), !step.leftTransposed(), step.right(), m, k, from, count, out, to);
        } else if (m == 1 && rightStands && !leftShared) {
            runs(step.right(), step.rightTransposed(), step.left(), n, k, from, count, out, to);
        } else if (leftShared && !rightShared && !rightStands && n == 1) {
            A vectors = registers.array(step.right());
            A matrix = registers.array(step.left());
            lanes.multiply(
                    false,
                    !step.leftTransposed(),
                    count,
                    m,
                    k,
                    vectors,
                    registers.at(step.right()),
                    matrix,
                    0,
                    0,
                    out,
                    to);
        } else if (rightShared && !leftShared && !leftStands && !step.leftTransposed()) {
            A rows = registers.array(step.left());
            A matrix = registers.array(step.right());
            lanes.multiply(
                    false,
                    step.rightTransposed(),
                    count * m,
                    n,
                    k,
                    rows,
                    registers.at(step.left()),
                    matrix,
                    0,
                    0,
                    out,
                    to);
        } else if (leftStands || rightStands) {
            for (int row = 0; row < count; row++) {
                apart(step, from + row, row, 0, out, to + row * m * n);
            }
        } else {
            for (int row = 0; row < count; row++) {
                lanes.multiply(
                        step.leftTransposed(),
                        step.rightTransposed(),
                        m,
                        n,
                        k,
                        registers.array(step.left()),
                        registers.at(step.left(), row),
                        registers.array(step.right()),
                        registers.at(step.right(), row),
                        0,
                        out,
                        to + row * m * n);
            }
        }
    }

    /// Adds the products of `count` rows of a block up.
    ///
    /// @param first the row of the region with which the block begins
    /// @param row the row of the block with which they begin
    void add(Step.Multiply step, int first, int row, int count, A sum) {
        for (int each = row; each < row + count; each++) {
            apart(step, first + each, each, 1, sum, 0);
        }
    }

    /// Rows of vectors, times a matrix for each run of rows that read the same one.
    ///
    /// @param n size of the resulting vectors
    private void runs(int matrix, boolean transposed, int vectors, int n, int k, int from, int count, A out, int to) {
        Source.Tuples tuples = requireNonNull(code.standing().get(matrix));
        Values values = tuples.slot().values();
        MemorySegment in = lanes.segment(registers.array(vectors));
        MemorySegment result = lanes.segment(out);
        int begin = 0;
        while (begin < count) {
            int at = tuples.map().at(from + begin);
            int end = begin + 1;
            while (end < count && tuples.map().at(from + end) == at) {
                end++;
            }
            if (at == RowMap.ABSENT) {
                lanes.fill(out, to + begin * n, (end - begin) * n, 0);
            } else {
                lanes.multiply(
                        false,
                        transposed,
                        end - begin,
                        n,
                        k,
                        in,
                        registers.at(vectors, begin),
                        values.segment(),
                        (long) at * n * k,
                        0,
                        result,
                        to + begin * n);
            }
            begin = end;
        }
    }

    /// The product of one row, each matrix where it is.
    ///
    /// @param from the row of the region
    /// @param row the same among those that are worked on
    private void apart(Step.Multiply step, int from, int row, double beta, A out, int to) {
        long left = place(step.left(), from, row);
        long right = place(step.right(), from, row);
        if (left >= 0 && right >= 0) {
            lanes.multiply(
                    step.leftTransposed(),
                    step.rightTransposed(),
                    step.m(),
                    step.n(),
                    step.k(),
                    segment(step.left()),
                    left,
                    segment(step.right()),
                    right,
                    beta,
                    lanes.segment(out),
                    to);
        } else if (beta == 0) {
            lanes.fill(out, to, step.m() * step.n(), 0);
        }
    }

    private MemorySegment segment(int register) {
        Source.Tuples tuples = code.standing().get(register);
        return tuples == null
                ? lanes.segment(registers.array(register))
                : tuples.slot().values().segment();
    }

    /// Where a row's matrix begins; negative if it has none, which counts as zero.
    private long place(int register, int from, int row) {
        Source.Tuples tuples = code.standing().get(register);
        return tuples == null
                ? registers.at(register, row)
                : (long) tuples.map().at(from) * code.width(register);
    }
}
