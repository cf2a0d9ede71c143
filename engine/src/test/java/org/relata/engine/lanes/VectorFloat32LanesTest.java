package org.relata.engine.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;

/// Vectors against plain loops, for counts that fill vectors and counts that do not.
final class VectorFloat32LanesTest {
    private static final int[] COUNTS = {0, 1, 7, 8, 16, 31, 32, 100};
    private static final int AT = 3;

    private final Lanes<float[]> plain = new Float32Lanes();
    private final Lanes<float[]> vectors = new VectorFloat32Lanes();
    private final Random random = new Random(5);

    private float[] numbers(int count) {
        float[] numbers = new float[count + 2 * AT];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 9 == 4 ? 0 : (float) random.nextGaussian(0, 3);
        }
        return numbers;
    }

    private static void assertClose(float[] expected, float[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            float tolerance = 4e-6f * Math.max(1, Math.abs(expected[i]));
            boolean same = Float.compare(expected[i], actual[i]) == 0 || Math.abs(expected[i] - actual[i]) <= tolerance;
            assertTrue(same, what + " at " + i + ": " + expected[i] + " and " + actual[i]);
        }
    }

    @Test
    void testsOfThisModuleRunWithVectors() {
        assertTrue(AnyLanes.vectors(), "the build starts tests with --add-modules jdk.incubator.vector");
    }

    @Test
    void functionsOfEachNumberAgree() {
        for (Unary.Operation operation : Unary.Operation.values()) {
            for (int count : COUNTS) {
                float[] in = numbers(count);
                float[] expected = new float[in.length];
                float[] actual = new float[in.length];
                plain.unary(operation, in, AT, expected, 1, count);
                vectors.unary(operation, in, AT, actual, 1, count);
                assertClose(expected, actual, operation + " of " + count);
            }
        }
    }

    @Test
    void functionsOfTwoNumbersAgree() {
        for (Binary.Operation operation : Binary.Operation.values()) {
            for (int count : COUNTS) {
                float[] left = numbers(count);
                float[] right = numbers(count);
                right[AT] = left[1];
                float[] expected = new float[left.length];
                float[] actual = new float[left.length];
                plain.binary(operation, left, 1, right, AT, expected, 2, count);
                vectors.binary(operation, left, 1, right, AT, actual, 2, count);
                assertClose(expected, actual, operation + " of " + count);
                plain.scalar(operation, left, 1, 0.5, expected, 2, count);
                vectors.scalar(operation, left, 1, 0.5, actual, 2, count);
                assertClose(expected, actual, operation + " with 0.5, of " + count);
            }
        }
    }

    @Test
    void choicesSumsAndRandomNumbersAgree() {
        for (int count : COUNTS) {
            float[] condition = numbers(count);
            float[] left = numbers(count);
            float[] right = numbers(count);
            float[] expected = new float[left.length];
            float[] actual = new float[left.length];
            plain.where(condition, 1, left, 2, right, AT, expected, 1, count);
            vectors.where(condition, 1, left, 2, right, AT, actual, 1, count);
            assertArrayEquals(expected, actual);
            assertEquals(plain.sum(left, 1, count), vectors.sum(left, 1, count), 1e-4);
            assertEquals(plain.greatest(left, 1, count), vectors.greatest(left, 1, count));
            assertEquals(plain.dot(left, 1, right, 2, count), vectors.dot(left, 1, right, 2, count), 1e-3);
            assertEquals(plain.logSumExp(left, 1, count), vectors.logSumExp(left, 1, count), 1e-5);
            long[] states = {random.nextLong(), random.nextLong()};
            float[] drawn = new float[2 * count + 1];
            float[] drawnByVectors = new float[2 * count + 1];
            plain.random(states, 2, count, false, drawn, 1);
            vectors.random(states, 2, count, false, drawnByVectors, 1);
            assertArrayEquals(drawn, drawnByVectors);
        }
    }

    @Test
    void rowsInMemoryAgree() {
        int[] rows = {4, -1, 0, 2, 4, 3};
        for (int width : new int[] {1, 5, 8, 20, 40, 64, 130}) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, numbers(5 * width));
                float[] expected = new float[7 * width];
                float[] actual = new float[7 * width];
                plain.gather(memory, width, rows, rows.length, expected, width);
                vectors.gather(memory, width, rows, rows.length, actual, width);
                assertArrayEquals(expected, actual);
                plain.addRows(Optional.of(numbers(9)), 2, rows, 0, 0, memory, width, expected);
                float[] weights = numbers(9);
                plain.addRows(Optional.of(weights), 2, rows, 1, 5, memory, width, expected);
                vectors.addRows(Optional.of(weights), 2, rows, 1, 5, memory, width, actual);
                assertClose(expected, actual, "rows of " + width);
                plain.addRows(Optional.empty(), 0, rows, 0, 6, memory, width, expected);
                vectors.addRows(Optional.empty(), 0, rows, 0, 6, memory, width, actual);
                assertClose(expected, actual, "rows of " + width + " without weights");
                MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_FLOAT, expected);
                MemorySegment other = arena.allocateFrom(ValueLayout.JAVA_FLOAT, expected);
                plain.addToRows(-0.5, memory, 1, 3, new int[] {6, 0, 3}, width, one);
                vectors.addToRows(-0.5, memory, 1, 3, new int[] {6, 0, 3}, width, other);
                assertClose(
                        one.toArray(ValueLayout.JAVA_FLOAT), other.toArray(ValueLayout.JAVA_FLOAT), "into " + width);
            }
        }
    }

    @Test
    void sumsOfGroupsAreThoseOfTheirRows() {
        int[] rows = {4, -1, 0, 2, 4, 3};
        int[] starts = {1, 2, 5, 6};
        int[] places = {2, 0, 1};
        for (int width : new int[] {8, 20, 34, 40, 130}) {
            try (Arena arena = Arena.ofConfined()) {
                float[] values = numbers(6 * width);
                float[] weights = numbers(6);
                MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
                MemorySegment near = arena.allocate(3L * width * Float.BYTES, Float.BYTES);
                MemorySegment listed = arena.allocate(3L * width * Float.BYTES, Float.BYTES);
                assertTrue(vectors.sumGroups(Optional.of(weights), values, starts, 3, places, width, near));
                assertTrue(vectors.sumGroups(Optional.of(weights), rows, memory, starts, 3, places, width, listed));
                float[] expected = new float[3 * width];
                float[] expectedListed = new float[3 * width];
                for (int group = 0; group < 3; group++) {
                    int from = starts[group];
                    float[] sum = new float[width];
                    plain.addRows(Optional.of(weights), from, rows, from, starts[group + 1] - from, memory, width, sum);
                    System.arraycopy(sum, 0, expectedListed, places[group] * width, width);
                    for (int row = from; row < starts[group + 1]; row++) {
                        plain.addScaled(weights[row], values, row * width, expected, places[group] * width, width);
                    }
                }
                assertClose(expected, near.toArray(ValueLayout.JAVA_FLOAT), "sums of " + width);
                assertClose(expectedListed, listed.toArray(ValueLayout.JAVA_FLOAT), "listed sums of " + width);
            }
        }
    }

    @Test
    void functionsOfWhatIsHardlyANumberAgree() {
        float[] in = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            0,
            -0f,
            1,
            -1,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            88.5f,
            89.5f,
            -87.5f,
            -103.5f,
            -200,
            1e-6f,
            -1e-6f,
            0.624f
        };
        for (Unary.Operation operation : Unary.Operation.values()) {
            float[] expected = new float[in.length];
            float[] actual = new float[in.length];
            plain.unary(operation, in, 0, expected, 0, in.length);
            vectors.unary(operation, in, 0, actual, 0, in.length);
            for (int i = 0; i < in.length; i++) {
                // Where numbers lose their digits, those are lost in another way.
                float within = Float.isFinite(expected[i]) ? 4 * Math.ulp(expected[i]) + 1e-44f : 1;
                assertEquals(expected[i], actual[i], within, operation + " of " + in[i]);
            }
        }
    }

    @Test
    void resultsDoNotDependOnWhatTheVirtualMachineHasCompiled() {
        float[] in = numbers(515);
        List<float[]> first = all(in);
        for (int run = 0; run < 3_000; run++) {
            List<float[]> later = all(in);
            if (run % 500 == 499) {
                for (int which = 0; which < first.size(); which++) {
                    assertArrayEquals(first.get(which), later.get(which));
                }
            }
        }
    }

    /// What each function makes of numbers, and sums of them.
    private List<float[]> all(float[] in) {
        List<float[]> results = new ArrayList<>();
        for (Unary.Operation operation : Unary.Operation.values()) {
            float[] out = new float[in.length];
            vectors.unary(operation, in, 0, out, 0, in.length);
            results.add(out);
        }
        results.add(new float[] {
            (float) vectors.sum(in, 0, in.length),
            (float) vectors.dot(in, 0, in, 1, in.length - 1),
            (float) vectors.logSumExp(in, 0, in.length)
        });
        return results;
    }
}
