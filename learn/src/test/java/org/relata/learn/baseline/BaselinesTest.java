package org.relata.learn.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.database.RelataException;
import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskTables;
import org.relata.database.task.TaskType;
import org.relata.learn.tabular.Target;

class BaselinesTest {
    private static final Target NUMBER = new Target(TaskType.REGRESSION, List.of());
    private static final Target YES_NO = new Target(TaskType.BINARY_CLASSIFICATION, List.of("0", "1"));
    private static final Target THREE = new Target(TaskType.MULTICLASS_CLASSIFICATION, List.of("a", "b", "c"));

    private static TaskRows rows(long[] entities, double... labels) {
        return new TaskRows(entities, new long[entities.length], labels);
    }

    private static double[] first(double[][] predictions) {
        return Arrays.stream(predictions).mapToDouble(row -> row[0]).toArray();
    }

    private static double[] predict(Baseline baseline, Target target, TaskRows fit) {
        return first(baseline.fit(fit, target, 1).predict(rows(new long[] {7, 8, 99})));
    }

    @Test
    void regressionByHand() {
        TaskRows fit = rows(new long[] {7, 8, 7, 8, 7}, 1, 10, 4, 20, 5);
        assertArrayEquals(new double[] {0, 0, 0}, predict(Baseline.GLOBAL_ZERO, NUMBER, fit));
        assertArrayEquals(new double[] {8, 8, 8}, predict(Baseline.GLOBAL_MEAN, NUMBER, fit));
        assertArrayEquals(new double[] {5, 5, 5}, predict(Baseline.GLOBAL_MEDIAN, NUMBER, fit));
        assertArrayEquals(new double[] {10.0 / 3, 15, 0}, predict(Baseline.ENTITY_MEAN, NUMBER, fit));
        assertArrayEquals(new double[] {4, 15, 0}, predict(Baseline.ENTITY_MEDIAN, NUMBER, fit));
        assertArrayEquals(new double[] {10.0 / 3, 15, 8}, predict(Baseline.ENTITY_MEAN_OR_GLOBAL, NUMBER, fit));
        assertArrayEquals(new double[] {4, 15, 5}, predict(Baseline.ENTITY_MEDIAN_OR_GLOBAL, NUMBER, fit));
    }

    @Test
    void binaryByHand() {
        TaskRows fit = rows(new long[] {7, 8, 7, 8, 7}, 1, 0, 1, 1, 0);
        assertArrayEquals(new double[] {1, 1, 1}, predict(Baseline.MAJORITY, YES_NO, fit));
        assertArrayEquals(new double[] {0.6, 0.6, 0.6}, predict(Baseline.PRIOR, YES_NO, fit), 1e-12);
        assertArrayEquals(new double[] {2.0 / 3, 0.5, 0}, predict(Baseline.ENTITY_MEAN, YES_NO, fit));
        assertArrayEquals(new double[] {1, 0.5, 0}, predict(Baseline.ENTITY_MEDIAN, YES_NO, fit));
        assertArrayEquals(
                new double[] {2.0 / 3, 0.5, 0.6}, predict(Baseline.ENTITY_MEAN_OR_GLOBAL, YES_NO, fit), 1e-12);
    }

    @Test
    void theSmallestAmongEquallyFrequentLabelsIsTheMajority() {
        assertArrayEquals(new double[] {0, 0, 0}, predict(Baseline.MAJORITY, YES_NO, rows(new long[] {1, 2}, 1, 0)));
    }

    @Test
    void severalClassesByHand() {
        TaskRows fit = rows(new long[] {7, 7, 7, 8}, 2, 2, 1, 0);
        TaskRows asked = rows(new long[] {7, 8, 99});
        assertArrayEquals(
                new double[][] {{0, 0, 1}, {1, 0, 0}, {1, 0, 0}},
                Baseline.ENTITY_MAJORITY.fit(fit, THREE, 1).predict(asked));
        assertArrayEquals(
                new double[][] {{0, 1.0 / 3, 2.0 / 3}, {1, 0, 0}, {0.25, 0.25, 0.5}},
                Baseline.ENTITY_PRIOR_OR_GLOBAL.fit(fit, THREE, 1).predict(asked));
        assertArrayEquals(
                new double[] {0, 0, 1}, Baseline.MAJORITY.fit(fit, THREE, 1).predict(asked)[0]);
        double[] chance = Baseline.RANDOM.fit(fit, THREE, 1).predict(asked)[0];
        assertEquals(1, Arrays.stream(chance).sum(), 1e-12);
    }

    @Test
    void chanceDependsOnSeedAndRowButNotOnTheOrderOfRows() {
        TaskRows fit = rows(new long[] {1}, 1);
        double[] one = first(Baseline.RANDOM.fit(fit, YES_NO, 5).predict(rows(new long[] {1, 2, 3})));
        double[] turned = first(Baseline.RANDOM.fit(fit, YES_NO, 5).predict(rows(new long[] {3, 2, 1})));
        double[] other = first(Baseline.RANDOM.fit(fit, YES_NO, 6).predict(rows(new long[] {1, 2, 3})));
        assertArrayEquals(new double[] {one[2], one[1], one[0]}, turned);
        assertFalse(Arrays.equals(one, other));
        long[] many = new long[10_000];
        Arrays.setAll(many, i -> i);
        double[] spread = first(Baseline.RANDOM.fit(fit, YES_NO, 5).predict(rows(many)));
        assertTrue(Arrays.stream(spread).allMatch(p -> p >= 0 && p < 1));
        assertEquals(0.5, Arrays.stream(spread).average().orElseThrow(), 0.02);
    }

    @Test
    void testScoresComeFromTrainAndValidationTogether() {
        TaskTables tables = new TaskTables(
                rows(new long[] {1, 2}, 2, 4), rows(new long[] {1}, 9), rows(new long[] {1, 3}, 5, 5), List.of());
        Map<Split, Map<String, Double>> mean = Baselines.score(tables, TaskType.REGRESSION, 0).stream()
                .filter(score -> score.name().equals("global_mean"))
                .findFirst()
                .orElseThrow()
                .metrics();
        assertEquals(1, mean.get(Split.TRAIN).get("mae"));
        assertEquals(6, mean.get(Split.VALIDATION).get("mae"));
        assertEquals(0, mean.get(Split.TEST).get("mae"));
    }

    @Test
    void testLabelsAreNotReadUnlessAskedFor() {
        TaskRows blind = rows(new long[] {1});
        TaskTables tables = new TaskTables(rows(new long[] {1, 2}, 2, 4), rows(new long[] {1}, 9), blind, List.of());
        Set<Split> seen = Set.of(Split.TRAIN, Split.VALIDATION);
        for (BaselineScore score : Baselines.score(tables, TaskType.REGRESSION, 0, seen)) {
            assertEquals(seen, score.metrics().keySet(), score.name());
        }
    }

    @ParameterizedTest
    @EnumSource(TaskType.class)
    void everyBaselineOfATypeIsScored(TaskType type) {
        Target target = switch (type) {
            case BINARY_CLASSIFICATION -> YES_NO;
            case MULTICLASS_CLASSIFICATION -> THREE;
            case REGRESSION -> NUMBER;
        };
        TaskRows rows = rows(new long[] {1, 2, 3, 1}, 0, 1, 1, 0);
        List<BaselineScore> scores = Baselines.score(new TaskTables(rows, rows, rows, target.classes()), type, 3);
        assertEquals(
                Baseline.of(type).stream().map(Baseline::label).toList(),
                scores.stream().map(BaselineScore::name).toList());
        for (BaselineScore score : scores) {
            assertEquals(Set.of(Split.values()), score.metrics().keySet());
        }
    }

    @Test
    void aBaselineOfAnotherTypeIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Baseline.GLOBAL_ZERO.fit(rows(new long[] {1}, 1), YES_NO, 0));
        assertThrows(IllegalArgumentException.class, () -> Baseline.PRIOR.fit(rows(new long[] {1}), YES_NO, 0));
    }

    @Test
    void whatIsWrittenPredictsTheSame(@TempDir Path folder) throws IOException {
        TaskRows fit = rows(new long[] {7, 8, 7}, 0.1, 1.0 / 3, 4e-300);
        TaskRows asked = rows(new long[] {7, 8, 99});
        for (Baseline baseline : Baseline.of(TaskType.REGRESSION)) {
            Path file = folder.resolve("baseline.json");
            FittedBaseline fitted = baseline.fit(fit, NUMBER, 11);
            fitted.write(file);
            assertArrayEquals(fitted.predict(asked), FittedBaseline.read(file).predict(asked));
        }
        Files.writeString(folder.resolve("other.json"), "[1]");
        RelataException error =
                assertThrows(RelataException.class, () -> FittedBaseline.read(folder.resolve("other.json")));
        assertTrue(error.getMessage().contains("is not a baseline"), error.getMessage());
    }
}
