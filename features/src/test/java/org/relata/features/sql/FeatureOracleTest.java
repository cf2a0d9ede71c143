package org.relata.features.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;
import org.relata.features.oracle.MoreFeatures;
import org.relata.features.oracle.Oracle;
import org.relata.features.oracle.Trial;
import org.relata.features.oracle.WorldStore;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;

/// On random databases, every feature is what a plain reading of its definition says.
class FeatureOracleTest {
    private static final int TRIALS = Integer.getInteger("relata.trials", 200);
    private static final long FIRST = Long.getLong("relata.firstTrial", 1);

    @TempDir
    private Path folder;

    @Test
    void featuresAreWhatTheirDefinitionsSay() {
        List<String> wrong = new ArrayList<>();
        Map<Aggregation, Integer> present = new EnumMap<>(Aggregation.class);
        int compared = 0;
        // That threads change nothing, FeatureDeterminismTest shows.
        try (Duck duck = WorldStore.open(folder, 1)) {
            for (long seed = FIRST; seed < FIRST + TRIALS && wrong.size() < 20; seed++) {
                compared += compared(Trial.of(seed), duck, wrong, present);
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
        if (TRIALS >= 200) {
            assertTrue(compared > 200_000, "only " + compared + " values compared");
            for (Aggregation aggregation : Aggregation.values()) {
                assertTrue(present.getOrDefault(aggregation, 0) >= 50, "hardly any " + aggregation + ": " + present);
            }
        }
    }

    private static int compared(Trial trial, Duck duck, List<String> wrong, Map<Aggregation, Integer> present) {
        try {
            Database database = WorldStore.fill(duck, trial.world());
            FeaturePlan plan = MoreFeatures.added(trial.plan(database));
            Set<String> names = new HashSet<>();
            plan.features().forEach(f -> assertTrue(names.add(f.name()), "two features called " + f.name()));
            FeatureMatrix matrix =
                    new FeatureRunner(database).run(plan, Trial.times(trial.world(), trial.pairs()), Progress.silent());
            return compare(trial, plan, matrix, wrong, present);
        } catch (RuntimeException e) {
            throw new AssertionError("trial " + trial.seed(), e);
        }
    }

    private static int compare(
            Trial trial,
            FeaturePlan plan,
            FeatureMatrix matrix,
            List<String> wrong,
            Map<Aggregation, Integer> present) {
        Oracle oracle = new Oracle(plan, trial.world());
        int compared = 0;
        int at = 0;
        for (PathQuery query : plan.queries()) {
            for (int p = 0; p < trial.pairs().size(); p++) {
                Trial.Pair pair = trial.pairs().get(p);
                List<Oracle.Expected> expected = oracle.features(query, pair.entity(), pair.cutoff(), pair.asked());
                for (int f = 0; f < expected.size(); f++) {
                    float got = matrix.column(at + f)[p];
                    Output output = query.outputs().get(f);
                    compared++;
                    if (!Float.isNaN(got)) {
                        present.merge(output.aggregation(), 1, Integer::sum);
                    }
                    if (!same(output, expected.get(f), got)) {
                        wrong.add(String.format(
                                Locale.ROOT,
                                "trial %d, pair %d, %s [%s]: expected %s, got %s",
                                trial.seed(),
                                p,
                                output.feature().name(),
                                query.name(),
                                expected.get(f),
                                got));
                    }
                }
            }
            at += query.outputs().size();
        }
        return compared;
    }

    /// Equal within the 20 bits that features keep, 14 of deviations and slopes, and within what 32-bit inputs leave of
    /// differences.
    private static boolean same(Output output, Oracle.Expected expected, float got) {
        double value = Math.abs(expected.value()) > Float.MAX_VALUE ? Double.NaN : expected.value();
        if (Double.isNaN(value) || Float.isNaN(got)) {
            return Double.isNaN(value) == Float.isNaN(got);
        }
        List<Aggregation> noisy = List.of(Aggregation.DEVIATION, Aggregation.SKEWNESS, Aggregation.TREND);
        boolean coarse = noisy.contains(output.aggregation())
                || output.inner().filter(noisy::contains).isPresent();
        return Math.abs(value - got) <= (coarse ? 4e-5 : 1e-6) * Math.abs(value) + 3e-7 * expected.scale();
    }

    @Test
    void featureTypesFollowTheirCategories() {
        Trial trial = Trial.of(7);
        try (Duck duck = WorldStore.open(folder, 1)) {
            Database database = WorldStore.fill(duck, trial.world());
            for (PathQuery query : trial.plan(database).queries()) {
                for (Output output : query.outputs()) {
                    boolean categorical = output.feature().type() == Feature.Type.CATEGORICAL;
                    assertEquals(
                            categorical,
                            !output.categories().isEmpty(),
                            output.feature().name());
                }
            }
        }
    }
}
