package org.relata.bench.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.SplittableRandom;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Precision;

/// Arrays and memory for one kernel at a time.
///
/// @param <A> the arrays that lanes work on
final class LanesWork<A> implements AutoCloseable {
    /// Rows of a block, as many as regions work on at a time.
    static final int ROWS = 512;

    /// Rows that do not stay near a core, whatever their width.
    static final int FAR_ROWS = 200_000;

    /// Groups that rows are added to.
    static final int GROUPS = 64;

    /// Rows and columns of matrices.
    static final int SIDE = 256;

    private final Arena arena = Arena.ofConfined();
    private final Lanes<A> lanes;
    private final int width;
    private final A values;
    private final A others;
    private final A weights;
    private final A sums;
    private final A matrix;
    private final A product;
    private final int[] farRows = new int[ROWS];
    private final int[] groups = new int[ROWS];
    private final int[] starts = new int[ROWS / 8 + 1];
    private final int[] places = new int[ROWS / 8];
    private final long[] states = new long[ROWS];
    private final MemorySegment far;
    private final MemorySegment near;
    private final SplittableRandom random = new SplittableRandom(1);

    LanesWork(Lanes<A> lanes, int width) {
        this.lanes = lanes;
        this.width = width;
        this.values = drawn(ROWS * width);
        this.others = drawn(ROWS * width);
        this.weights = drawn(ROWS);
        this.sums = lanes.allocate(GROUPS * width);
        this.matrix = drawn(SIDE * SIDE);
        this.product = lanes.allocate(SIDE * SIDE);
        Precision precision = lanes.precision();
        this.far = arena.allocate((long) FAR_ROWS * width * precision.bytes(), Long.BYTES);
        this.near = arena.allocate((long) ROWS * width * precision.bytes(), Long.BYTES);
        // Memory that was never written is one page of zeros, which is near.
        far.fill((byte) 1);
        for (int row = 0; row < ROWS; row++) {
            groups[row] = random.nextInt(GROUPS);
            states[row] = random.nextLong();
        }
        for (int group = 0; group < places.length; group++) {
            starts[group + 1] = 8 * (group + 1);
            places[group] = group;
        }
    }

    private A drawn(int size) {
        A array = lanes.allocate(size);
        for (int at = 0; at < size; at++) {
            lanes.set(array, at, random.nextDouble() - 0.5);
        }
        return array;
    }

    /// Other rows each time, so that none is near from the time before.
    private void drawRows() {
        for (int row = 0; row < ROWS; row++) {
            farRows[row] = random.nextInt(FAR_ROWS);
        }
    }

    A unary(Unary.Operation operation) {
        lanes.unary(operation, values, 0, others, 0, ROWS * width);
        return others;
    }

    A multiplied() {
        lanes.binary(Binary.Operation.MULTIPLY, values, 0, values, 0, others, 0, ROWS * width);
        return others;
    }

    A gathered() {
        drawRows();
        lanes.gather(far, width, farRows, ROWS, others, 0);
        return others;
    }

    MemorySegment sumOfFarRows() {
        drawRows();
        if (!lanes.sumGroups(Optional.of(weights), farRows, far, starts, places.length, places, width, near)) {
            for (int group = 0; group < places.length; group++) {
                lanes.fill(sums, 0, width, 0);
                lanes.addRows(Optional.of(weights), starts[group], farRows, starts[group], 8, far, width, sums);
                lanes.store(sums, 0, near, (long) group * width, width);
            }
        }
        return near;
    }

    A scattered() {
        lanes.scatterRows(Optional.of(weights), values, groups, ROWS, width, sums);
        return sums;
    }

    A product() {
        lanes.multiply(false, false, SIDE, SIDE, SIDE, matrix, 0, matrix, 0, 0, product, 0);
        return product;
    }

    A random() {
        lanes.random(states, ROWS, width, false, others, 0);
        return others;
    }

    @Override
    public void close() {
        arena.close();
    }
}
