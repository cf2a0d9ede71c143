package org.relata.engine.lanes;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;
import org.relata.engine.memory.Precision;

/// Arithmetic on arrays of numbers.
///
/// Positions and counts are in numbers. Inputs and outputs may be the same array at the same position.
///
/// @param <A> `float[]` or `double[]`
public interface Lanes<A> {
    /// Of each number.
    Precision precision();

    /// An array of zeros.
    A allocate(int size);

    /// One number.
    double get(A array, int position);

    /// Replaces one number.
    void set(A array, int position, double number);

    /// Sets `count` numbers to one value.
    void fill(A array, int at, int count, double number);

    /// Copies numbers.
    void copy(A from, int at, A to, int toAt, int count);

    /// Copies numbers from memory.
    void load(MemorySegment from, long position, A to, int at, int count);

    /// Copies numbers to memory.
    void store(A from, int at, MemorySegment to, long position, int count);

    /// Copies rows of `width` numbers that stand at the listed places in memory; at −1 stand zeros.
    void gather(MemorySegment from, int width, int[] rows, int count, A to, int toAt);

    /// A function of each number.
    void unary(Unary.Operation operation, A in, int inAt, A out, int outAt, int count);

    /// A function of each pair of numbers.
    void binary(Binary.Operation operation, A left, int leftAt, A right, int rightAt, A out, int outAt, int count);

    /// A function of each number and one more, which is the right one.
    void scalar(Binary.Operation operation, A left, int leftAt, double right, A out, int outAt, int count);

    /// `then` where the condition is not 0, else `otherwise`.
    void where(
            A condition,
            int conditionAt,
            A then,
            int thenAt,
            A otherwise,
            int otherwiseAt,
            A out,
            int outAt,
            int count);

    /// Moves numbers: the one at `outAt + i` comes from `inAt + sources[i]`.
    void permute(A in, int inAt, int[] sources, A out, int outAt);

    /// Adds numbers up: the one at `inAt + i` is added at `outAt + targets[i]`.
    void scatterAdd(A in, int inAt, int[] targets, A out, int outAt);

    /// The sum of numbers.
    double sum(A array, int at, int count);

    /// The greatest of numbers; NaN if one is.
    double greatest(A array, int at, int count);

    /// The sum of products of pairs.
    double dot(A left, int leftAt, A right, int rightAt, int count);

    /// Adds `factor` times numbers to others.
    void addScaled(double factor, A from, int at, A to, int toAt, int count);

    /// Adds rows of `width` numbers that stand at the listed places in memory, each times its weight, to others; at −1
    /// stand zeros.
    ///
    /// @param weights of each row, from `weightAt` on; 1 without
    /// @param rows where rows stand, from `rowAt` on
    void addRows(
            Optional<A> weights, int weightAt, int[] rows, int rowAt, int count, MemorySegment from, int width, A to);

    /// Adds up rows of `width` numbers, each times its weight, group by group, and stores each sum as a row in memory.
    ///
    /// @param weights of each row; 1 without
    /// @param starts where groups begin, and at the end where the last one ends
    /// @param places the rows in which sums are stored
    /// @return whether it was done; not where one group after the other is no slower
    default boolean sumGroups(
            Optional<A> weights, A values, int[] starts, int groups, int[] places, int width, MemorySegment to) {
        return false;
    }

    /// The same for rows that stand at the listed places in memory; at −1 stand zeros.
    default boolean sumGroups(
            Optional<A> weights,
            int[] rows,
            MemorySegment from,
            int[] starts,
            int groups,
            int[] places,
            int width,
            MemorySegment to) {
        return false;
    }

    /// Adds rows of `width` numbers of an array, each times its weight, to rows of another array.
    ///
    /// @param weights of each row; 1 without
    /// @param rows where each of them is added
    default void scatterRows(Optional<A> weights, A values, int[] rows, int count, int width, A to) {
        for (int row = 0; row < count; row++) {
            double weight = weights.isPresent() ? get(weights.get(), row) : 1;
            if (width == 1) {
                set(to, rows[row], get(to, rows[row]) + weight * get(values, row));
            } else {
                addScaled(weight, values, row * width, to, rows[row] * width, width);
            }
        }
    }

    /// Adds rows of `width` numbers in memory, each times a factor, to rows elsewhere.
    ///
    /// @param first the first of the rows
    /// @param rows where each of them is added
    void addToRows(double factor, MemorySegment from, long first, int count, int[] rows, int width, MemorySegment to);

    /// The logarithm of the sum of exponentials.
    double logSumExp(A array, int at, int count);

    /// C = op(A) · op(B) + beta · C for matrices that stand row by row, where op may exchange rows and columns.
    ///
    /// @param m rows of C
    /// @param n columns of C
    /// @param k what is summed over
    void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            A a,
            int aAt,
            A b,
            int bAt,
            double beta,
            A c,
            int cAt);

    /// The same for matrices that stand on the heap or outside it.
    default void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            MemorySegment a,
            long aAt,
            MemorySegment b,
            long bAt,
            double beta,
            MemorySegment c,
            long cAt) {
        A left = allocate(m * k);
        A right = allocate(k * n);
        A product = allocate(m * n);
        load(a, aAt, left, 0, m * k);
        load(b, bAt, right, 0, k * n);
        load(c, cAt, product, 0, m * n);
        multiply(transposeA, transposeB, m, n, k, left, 0, right, 0, beta, product, 0);
        store(product, 0, c, cAt, m * n);
    }

    /// An array as a segment.
    MemorySegment segment(A array);

    /// Uniform numbers in [0, 1) from the states of rows: of each state, or of its `width` positions.
    void random(long[] states, int count, int width, boolean scalar, A out, int outAt);
}
