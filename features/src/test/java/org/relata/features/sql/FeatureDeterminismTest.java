package org.relata.features.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.features.FeatureMatrix;
import org.relata.features.oracle.Trial;
import org.relata.features.oracle.WorldStore;
import org.relata.features.plan.FeaturePlan;

/// The features of a pair are the same to the last bit whatever else is asked for, in any order, on any number of
/// threads, read in either of the two ways.
class FeatureDeterminismTest {
    @TempDir
    private Path folder;

    @Test
    void aPairDoesNotDependOnTheOthers() {
        int alone = 0;
        try (Duck duck = WorldStore.open(folder, 2)) {
            for (long seed = 3_001; seed <= 3_015; seed++) {
                Trial trial = Trial.of(seed);
                Database database = WorldStore.fill(duck, trial.world());
                FeaturePlan plan = trial.plan(database);
                FeatureMatrix together = run(database, plan, trial, trial.pairs());
                List<Integer> order = new ArrayList<>();
                for (int i = 0; i < trial.pairs().size(); i++) {
                    order.add(i);
                }
                Collections.shuffle(order, new Random(seed));
                FeatureMatrix shuffled = run(
                        database,
                        plan,
                        trial,
                        order.stream().map(trial.pairs()::get).toList());
                for (int i = 0; i < order.size(); i++) {
                    assertArrayEquals(row(together, order.get(i)), row(shuffled, i), "trial " + seed + " shuffled");
                }
                for (int i = 0; i < Math.min(3, order.size()); i++) {
                    FeatureMatrix one =
                            run(database, plan, trial, List.of(trial.pairs().get(i)));
                    assertArrayEquals(row(together, i), row(one, 0), "trial " + seed + " pair " + i + " alone");
                    alone++;
                }
            }
        }
        assertTrue(alone > 25, "only " + alone + " pairs alone");
    }

    @Test
    void twiceTheSameOnAnyNumberOfThreads() {
        try (Duck duck = WorldStore.open(folder, 1)) {
            for (long seed = 4_001; seed <= 4_010; seed++) {
                Trial trial = Trial.of(seed);
                Database database = WorldStore.fill(duck, trial.world());
                FeaturePlan plan = trial.plan(database);
                // In chunks, as where there are many pairs.
                FeatureMatrix first = new FeatureRunner(database, 0)
                        .run(plan, Trial.times(trial.world(), trial.pairs()), Progress.silent());
                for (int threads : new int[] {1, 2, 4}) {
                    database.store().execute("SET threads = " + threads);
                    assertEquals(plan, trial.plan(database));
                    FeatureMatrix again = run(database, plan, trial, trial.pairs());
                    for (int i = 0; i < first.rows(); i++) {
                        assertArrayEquals(row(first, i), row(again, i), "trial " + seed + ", " + threads + " threads");
                    }
                }
            }
        }
    }

    private static FeatureMatrix run(Database database, FeaturePlan plan, Trial trial, List<Trial.Pair> pairs) {
        return new FeatureRunner(database).run(plan, Trial.times(trial.world(), pairs), Progress.silent());
    }

    private static float[] row(FeatureMatrix matrix, int row) {
        float[] values = new float[matrix.width()];
        for (int f = 0; f < values.length; f++) {
            values[f] = matrix.column(f)[row];
        }
        return values;
    }
}
