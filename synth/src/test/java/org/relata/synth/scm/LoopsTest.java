package org.relata.synth.scm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoopsTest {
    private static final int KNOTS = 7;
    private static final Loops PLAIN = new PlainLoops();
    private static final Loops VECTORS = new VectorLoops();

    private final Random random = new Random(5);

    @Test
    void thisBuildTestsBothForms() {
        assertTrue(Loops.vectors(), "the build starts tests with --add-modules jdk.incubator.vector");
        assertInstanceOf(VectorLoops.class, Loops.BEST);
    }

    /// Widths of a few vectors, of less than one, and of some that end within one.
    @ParameterizedTest
    @CsvSource({"32, 256", "3, 1", "8, 7", "45, 48"})
    void bothFormsGiveTheSameBits(int width, int count) {
        Heard one = heard(width, count);
        Heard two = heard(width, count);
        float[][] sums = numbers(count, width);
        same(sums, (loops, into) -> loops.add(one, two, 0.3f, into, count));
        same(sums, (loops, into) -> loops.max(one, two, into, count));
        same(sums, (loops, into) -> loops.multiply(one, two, into, count));
        float[] most = numbers(1, width)[0];
        float[][] exponentials = numbers(count, width);
        for (float[] row : exponentials) {
            for (int j = 0; j < width; j++) {
                row[j] = random.nextInt(9) == 0 ? 0 : (float) Math.exp(20 * row[j]);
            }
        }
        same(exponentials, (loops, into) -> loops.takeLogarithms(into, most, count));
        float[] noise = numbers(1, 2048 + Noise.TOGETHER)[0];
        long bits = random.nextLong();
        same(sums, (loops, into) -> Arrays.stream(into).forEach(row -> loops.addGroups(noise, bits, row, 0)));
    }

    @ParameterizedTest
    @CsvSource({"21, 256", "1, 48", "0, 9", "13, 91"})
    void weightedSumsAreToo(int terms, int count) {
        float[][] x = numbers(32, count);
        int[] which = IntStream.range(0, terms).map(_ -> random.nextInt(32)).toArray();
        float[] weights = numbers(1, terms)[0];
        same(numbers(1, 5 + count), (loops, into) -> loops.sum(x, which, weights, into[0], 5, count));
    }

    private interface Use {
        void apply(Loops loops, float[][] into);
    }

    private static void same(float[][] start, Use use) {
        float[][] plain = copy(start);
        float[][] vectors = copy(start);
        use.apply(PLAIN, plain);
        use.apply(VECTORS, vectors);
        for (int r = 0; r < plain.length; r++) {
            assertArrayEquals(plain[r], vectors[r]);
        }
    }

    private static float[][] copy(float[][] rows) {
        return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    }

    private Heard heard(int width, int count) {
        int[] cell = new int[count];
        float[] part = numbers(1, count)[0];
        for (int r = 0; r < count; r++) {
            cell[r] = random.nextInt(KNOTS);
            part[r] = Math.abs(part[r]);
        }
        return new Heard(Lines.through(numbers(KNOTS, width)), cell, part);
    }

    private float[][] numbers(int rows, int width) {
        float[][] numbers = new float[rows][width];
        for (float[] row : numbers) {
            for (int j = 0; j < width; j++) {
                row[j] = 2 * random.nextFloat() - 1;
            }
        }
        return numbers;
    }
}
