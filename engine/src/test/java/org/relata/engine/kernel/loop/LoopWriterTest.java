package org.relata.engine.kernel.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;
import org.relata.engine.kernel.loop.LoopShape.Operand;
import org.relata.engine.kernel.loop.LoopShape.Operation;
import org.relata.engine.lanes.AnyLanes;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Precision;

/// Loops give what their operations give one number at a time, for rows that fill vectors and rows that do not.
final class LoopWriterTest {
    private static final int ROWS = 5;
    private static final int PADDING = 16;
    private static final int[] WIDTHS = {2, 8, 19};

    /// Inputs of every loop here: two rows, one number a row, one tensor for all, one number for all.
    private static final Operand ROW = new Operand.Row(0);

    private static final Operand OTHER = new Operand.Row(1);
    private static final Operand EACH = new Operand.Each(2);
    private static final Operand SHARED = new Operand.Shared(3);
    private static final Operand NUMBER = new Operand.Number(4);
    private static final Operand LISTED = new Operand.Listed(0);

    private static final int INPUTS = 5;

    @BeforeAll
    static void needsVectors() {
        assumeTrue(Loops.available(), "this virtual machine was started without the Vector API");
    }

    @Test
    void functionsOfOneAndTwoNumbersAreThoseOfTheAlgebra() {
        List<Operation> operations = new ArrayList<>();
        for (Unary.Operation each : List.of(
                Unary.Operation.NEGATE,
                Unary.Operation.ABS,
                Unary.Operation.SQRT,
                Unary.Operation.RELU,
                Unary.Operation.SIGN)) {
            operations.add(new LoopShape.Apply(each, ROW));
        }
        for (Binary.Operation each : Binary.Operation.values()) {
            if (each != Binary.Operation.POWER) {
                operations.add(new LoopShape.Combine(each, ROW, OTHER));
            }
        }
        for (int from = 0; from < operations.size(); from += 6) {
            check(operations.subList(from, Math.min(from + 6, operations.size())));
        }
    }

    @Test
    void operandsComeFromRowsMemoryAndWhatIsSharedByAll() {
        check(List.of(
                new LoopShape.Combine(Binary.Operation.SUBTRACT, LISTED, EACH),
                new LoopShape.Combine(Binary.Operation.MULTIPLY, new Operand.Result(0), SHARED),
                new LoopShape.Choose(new Operand.Result(1), NUMBER, OTHER),
                new LoopShape.Copy(EACH),
                new LoopShape.Dot(new Operand.Result(0), ROW),
                new LoopShape.Sum(new Operand.Result(2))));
    }

    /// Runs operations in a loop, and one number at a time.
    private static void check(List<Operation> operations) {
        for (Precision precision : Precision.values()) {
            for (int width : WIDTHS) {
                try (Arena arena = Arena.ofConfined()) {
                    new Case(precision, width, operations, arena).check();
                }
            }
        }
    }

    /// The engine's plain arithmetic on two numbers, which knows nothing of vectors.
    ///
    /// @param <T> of the operation
    private record Plain<T>(T operation, double left, double right) implements AnyLanes.Use<Double> {
        double number() {
            return AnyLanes.with(Precision.FLOAT64, this);
        }

        @Override
        public <A> Double apply(Lanes<A> lanes) {
            A numbers = lanes.allocate(3);
            lanes.set(numbers, 0, left);
            lanes.set(numbers, 1, right);
            if (operation instanceof Unary.Operation unary) {
                lanes.unary(unary, numbers, 0, numbers, 2, 1);
            } else if (operation instanceof Binary.Operation binary) {
                lanes.binary(binary, numbers, 0, numbers, 1, numbers, 2, 1);
            }
            return lanes.get(numbers, 2);
        }
    }

    /// Numbers for a loop, as 64-bit ones that 32 bits hold too.
    private static final class Case {
        private final Precision precision;
        private final int width;
        private final List<Operation> operations;
        private final double[][] inputs = new double[INPUTS][];
        private final MemorySegment memory;
        private final int[] listed = {3, 0, 3, 1, 4};

        Case(Precision precision, int width, List<Operation> operations, Arena arena) {
            this.precision = precision;
            this.width = width;
            this.operations = operations;
            SplittableRandom random = new SplittableRandom(width);
            for (int input = 0; input < INPUTS; input++) {
                inputs[input] = new double[ROWS * width + PADDING];
                for (int at = 0; at < inputs[input].length; at++) {
                    // Small whole numbers too, so that some are equal and some are 0.
                    double number = random.nextInt(3) == 0 ? random.nextInt(-1, 2) : random.nextDouble(-2, 2);
                    inputs[input][at] = (float) number;
                }
            }
            this.memory = arena.allocate((long) ROWS * width * precision.bytes() + 64, 8);
            for (int at = 0; at < ROWS * width; at++) {
                precision.set(memory, at, (float) random.nextDouble(-2, 2));
            }
        }

        void check() {
            List<Integer> stored = new ArrayList<>();
            for (int operation = 0; operation < operations.size(); operation++) {
                stored.add(operation);
            }
            LoopShape shape = new LoopShape(precision, width, INPUTS, 1, operations, stored);
            Object[] arrays = new Object[INPUTS + operations.size()];
            for (int array = 0; array < arrays.length; array++) {
                arrays[array] = array < INPUTS ? array(inputs[array]) : array(new double[ROWS * width + PADDING]);
            }
            long[] rows = new long[ROWS];
            for (int row = 0; row < ROWS; row++) {
                rows[row] = memory.address() + (long) listed[row] * width * precision.bytes();
            }
            Loops.of(shape).run(arrays, new int[arrays.length], new long[][] {rows}, ROWS);
            for (int row = 0; row < ROWS; row++) {
                compare(arrays, row);
            }
        }

        private void compare(Object[] arrays, int row) {
            double[][] expected = new double[operations.size()][width];
            for (int number = 0; number < operations.size(); number++) {
                Operation operation = operations.get(number);
                double sum = 0;
                for (int column = 0; column < width; column++) {
                    expected[number][column] = value(operation, expected, row, column);
                    sum += expected[number][column];
                    if (!operation.folds()) {
                        same(expected[number][column], get(arrays[INPUTS + number], row * width + column), operation);
                    }
                }
                if (operation.folds()) {
                    same(sum, get(arrays[INPUTS + number], row), operation);
                }
            }
        }

        private void same(double expected, double actual, Operation operation) {
            double within = precision == Precision.FLOAT32 ? 1e-5 : 1e-13;
            double size = Double.isFinite(expected) ? Math.max(1, Math.abs(expected)) : 1;
            assertEquals(expected, actual, within * size, operation + " of " + width);
        }

        private double value(Operation operation, double[][] before, int row, int column) {
            return switch (operation) {
                case LoopShape.Copy copy -> operand(copy.in(), before, row, column);
                case LoopShape.Sum sum -> operand(sum.in(), before, row, column);
                case LoopShape.Apply apply ->
                    new Plain<>(apply.operation(), operand(apply.in(), before, row, column), 0).number();
                case LoopShape.Combine combine ->
                    new Plain<>(
                                    combine.operation(),
                                    operand(combine.left(), before, row, column),
                                    operand(combine.right(), before, row, column))
                            .number();
                case LoopShape.Dot dot ->
                    operand(dot.left(), before, row, column) * operand(dot.right(), before, row, column);
                case LoopShape.Choose choose ->
                    operand(choose.condition(), before, row, column) != 0
                            ? operand(choose.then(), before, row, column)
                            : operand(choose.otherwise(), before, row, column);
            };
        }

        private double operand(Operand operand, double[][] before, int row, int column) {
            return switch (operand) {
                case Operand.Result(int number) -> before[number][column];
                case Operand.Row(int input) -> inputs[input][row * width + column];
                case Operand.Each(int input) -> inputs[input][row];
                case Operand.Shared(int input) -> inputs[input][column];
                case Operand.Number(int input) -> inputs[input][0];
                case Operand.Listed _ -> precision.get(memory, (long) listed[row] * width + column);
            };
        }

        private Object array(double[] numbers) {
            if (precision == Precision.FLOAT64) {
                return numbers.clone();
            }
            float[] floats = new float[numbers.length];
            for (int at = 0; at < floats.length; at++) {
                floats[at] = (float) numbers[at];
            }
            return floats;
        }

        private static double get(Object array, int at) {
            return array instanceof double[] doubles ? doubles[at] : ((float[]) array)[at];
        }
    }
}
