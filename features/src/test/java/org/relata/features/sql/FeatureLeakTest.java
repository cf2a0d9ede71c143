package org.relata.features.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Duck;
import org.relata.features.FeatureMatrix;
import org.relata.features.oracle.RandomWorld;
import org.relata.features.oracle.Trial;
import org.relata.features.oracle.World;
import org.relata.features.oracle.WorldStore;
import org.relata.features.plan.FeaturePlan;

/// What happens at or after the cut-off changes nothing: neither which features there are nor any of their values.
class FeatureLeakTest {
    private static final int TRIALS = 30;

    @TempDir
    private Path folder;

    @Test
    void laterRowsChangeNoFeature() {
        int values = 0;
        int laterRows = 0;
        try (Duck duck = WorldStore.open(folder, 2)) {
            for (long seed = 1_001; seed <= 1_000 + TRIALS; seed++) {
                Trial trial = Trial.of(seed);
                if (trial.pairs().isEmpty()) {
                    continue;
                }
                long cutoff = trial.pairs().getFirst().cutoff();
                // Where parents dated exactly at the cut-off may be seen, the future starts just after it.
                long future = trial.settings().includeCutoff() ? cutoff + 1 : cutoff;
                World past = trial.world().keeping(row -> row.before(future));
                List<Trial.Pair> pairs = trial.pairs().stream()
                        .filter(p -> past.has(p.entity()))
                        .map(p -> p.at(cutoff))
                        .toList();
                World busy = past.adding(RandomWorld.later(past, seed, future, future + (1L << 45)));
                FeaturePlan plan = plan(trial, trial.world(), duck);
                FeatureMatrix full = Trial.run(trial.world(), plan, pairs, duck);
                same("trial " + seed + " without later rows", full, Trial.run(past, plan, pairs, duck));
                same("trial " + seed + " with other later rows", full, Trial.run(busy, plan, pairs, duck));
                values += full.width() * full.rows();
                laterRows += trial.world().size() + busy.size() - 2 * past.size();
            }
        }
        assertTrue(values > 10_000, "only " + values + " values compared");
        assertTrue(laterRows > 500, "only " + laterRows + " later rows");
    }

    @Test
    void laterRowsDoNotChangeWhichFeaturesThereAre() {
        try (Duck duck = WorldStore.open(folder, 2)) {
            for (long seed = 2_001; seed <= 2_000 + TRIALS; seed++) {
                Trial trial = Trial.of(seed);
                // A row that links to a parent of the future loses that link with the parent: that much may show.
                trial.world().cutLinks(row -> row.before(trial.beforeMicros()));
                World past = trial.world().keeping(row -> row.before(trial.beforeMicros()));
                FeaturePlan known = plan(trial, past, duck);
                FeaturePlan full = plan(trial, trial.world(), duck);
                assertEquals(known.tables(), full.tables(), "trial " + seed);
                assertEquals(known.queries(), full.queries(), "trial " + seed);
                assertEquals(known.estimate(), full.estimate(), "trial " + seed);
            }
        }
    }

    private static FeaturePlan plan(Trial trial, World world, Duck duck) {
        return trial.plan(WorldStore.fill(duck, world));
    }

    private static void same(String where, FeatureMatrix expected, FeatureMatrix got) {
        for (int f = 0; f < expected.width(); f++) {
            float[] want = expected.column(f);
            float[] have = got.column(f);
            String name = expected.features().get(f).name();
            assertTrue(
                    Arrays.equals(want, have),
                    () -> where + ", " + name + ": expected " + Arrays.toString(want) + ", got "
                            + Arrays.toString(have));
        }
    }
}
