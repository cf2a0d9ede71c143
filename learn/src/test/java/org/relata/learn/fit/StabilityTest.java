package org.relata.learn.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.database.task.TaskType;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;
import org.relata.learn.tabular.Target;

class StabilityTest {
    private static final int ENTITIES = 60;
    private static final int TIMES = 50;
    private static final Target BINARY = new Target(TaskType.BINARY_CLASSIFICATION, List.of("no", "yes"));

    /// Rows of entities that each have a lasting level, asked at many times.
    private static final class World {
        final int rows = ENTITIES * TIMES;
        final long[] entity = new long[rows];
        final long[] seed = new long[rows];
        final double[] level = new double[ENTITIES];
        final double[] label = new double[rows];
        final float[] form = new float[rows];
        final SplittableRandom random = new SplittableRandom(5);

        World() {
            Arrays.setAll(level, e -> random.nextGaussian());
            for (int i = 0; i < rows; i++) {
                entity[i] = i % ENTITIES;
                seed[i] = 1_000L * (i / ENTITIES);
                form[i] = (float) (level[i % ENTITIES] + random.nextGaussian() * 0.5);
                label[i] = form[i] + random.nextGaussian() > 0 ? 1 : 0;
            }
        }

        Stability stability(double[] y, Target target) {
            return new Stability(entity, seed, y, target);
        }
    }

    private static FeatureMatrix matrix(float[]... columns) {
        List<Feature> features = new ArrayList<>();
        List<List<String>> categories = new ArrayList<>();
        for (int f = 0; f < columns.length; f++) {
            features.add(new Feature(
                    "x" + f, Feature.Type.NUMERIC, "x" + f, "q", List.of("t"), Feature.TimeBound.BEFORE_CUTOFF));
            categories.add(List.of());
        }
        return new FeatureMatrix(features, columns, categories, columns[0].length);
    }

    @Test
    void tellsWhatHoldsForOtherEntitiesFromWhatTellsEntitiesApart() {
        World world = new World();
        float[] number = new float[world.rows];
        float[] noise = new float[world.rows];
        for (int i = 0; i < world.rows; i++) {
            // Twelve numbers, each of five entities: their mean labels differ lastingly, and mean nothing to others.
            number[i] = world.entity[i] % 12;
            noise[i] = (float) world.random.nextGaussian();
        }
        double[] scores = world.stability(world.label, BINARY).scores(matrix(world.form, number, noise));
        assertTrue(scores[0] > 0.4, Arrays.toString(scores));
        assertTrue(scores[1] < 0.1, Arrays.toString(scores));
        assertTrue(scores[2] < 0.1, Arrays.toString(scores));
    }

    @Test
    void countsTheWorstPeriod() {
        World world = new World();
        float[] turning = new float[world.rows];
        for (int i = 0; i < world.rows; i++) {
            turning[i] = i < world.rows * 4 / 5 ? world.form[i] : -world.form[i];
        }
        double[] scores = world.stability(world.label, BINARY).scores(matrix(world.form, turning));
        assertTrue(scores[0] > 0.4, Arrays.toString(scores));
        assertTrue(scores[1] < 0, Arrays.toString(scores));
    }

    @Test
    void readsMissingValuesAsAValueOfTheirOwn() {
        World world = new World();
        float[] gaps = new float[world.rows];
        for (int i = 0; i < world.rows; i++) {
            gaps[i] = world.form[i] > 0 ? Float.NaN : (float) world.random.nextDouble();
        }
        double[] scores = world.stability(world.label, BINARY).scores(matrix(gaps));
        assertTrue(scores[0] > 0.3, Arrays.toString(scores));
    }

    @Test
    void judgesNumbersAndClassesAlike() {
        World world = new World();
        double[] amount = new double[world.rows];
        double[] third = new double[world.rows];
        for (int i = 0; i < world.rows; i++) {
            amount[i] = 3 * world.form[i] + world.random.nextGaussian();
            third[i] = amount[i] < -1 ? 0 : amount[i] < 1 ? 1 : 2;
        }
        Target classes = new Target(TaskType.MULTICLASS_CLASSIFICATION, List.of("low", "middle", "high"));
        assertTrue(world.stability(amount, new Target(TaskType.REGRESSION, List.of()))
                        .scores(matrix(world.form))[0]
                > 0.7);
        assertTrue(world.stability(third, classes).scores(matrix(world.form))[0] > 0.3);
    }

    @Test
    void constantsAndSingleTimesTellNothing() {
        World world = new World();
        assertArrayEquals(new double[] {0}, world.stability(world.label, BINARY).scores(matrix(new float[world.rows])));
        assertEquals(1, new Stability(world.entity, new long[world.rows], world.label, BINARY).blocks());
    }
}
