package org.relata.synth.scm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.relata.synth.config.Choices;
import org.relata.synth.config.ColumnType;
import org.relata.synth.config.Config;
import org.relata.synth.config.Layout;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.link.Links;
import org.relata.synth.random.Key;
import org.relata.synth.source.SourceContext;

final class ScmTest {
    private static final int ROWS = 200;
    private static final long[] ALL = LongStream.range(0, ROWS).toArray();

    private static Scm draw(long seed, Config config, int... classes) {
        return Scm.draw(new SourceContext(config, Key.of(seed), ROWS, true), classes, List.of(), List.of());
    }

    /// The values of all variables.
    private static float[][] values(Scm scm) {
        Pilot pilot = new Pilot(scm, ALL);
        return IntStream.range(0, scm.size()).mapToObj(pilot::values).toArray(float[][]::new);
    }

    @Test
    void aSourceThatIsDrawnAnewChangesItsDescendantsAndNothingElse() {
        for (long seed = 0; seed < 15; seed++) {
            float[][] before = values(draw(seed, Config.defaults(), 0, 3, 0));
            Scm changed = draw(seed, Config.defaults(), 0, 3, 0);
            int source = IntStream.range(0, changed.size())
                    .filter(v -> changed.parents(v).length == 0)
                    .findFirst()
                    .orElseThrow();
            int classes = changed.classes(source);
            changed.redraw(source, (rows, count, into) -> {
                for (int i = 0; i < count; i++) {
                    into[i] = classes > 0 ? rows[i] % classes : 1000 + rows[i];
                }
            });
            float[][] after = values(changed);
            BitSet descendants = descendants(changed, source);
            int moved = 0;
            for (int v = 0; v < changed.size(); v++) {
                boolean same = Arrays.equals(before[v], after[v]);
                assertTrue(same || descendants.get(v), "seed " + seed + ": variable " + v + " is no descendant");
                moved += same ? 0 : 1;
            }
            assertTrue(moved > 0);
        }
    }

    private static BitSet descendants(Scm scm, int source) {
        BitSet descendants = new BitSet();
        descendants.set(source);
        for (boolean more = true; more; ) {
            more = false;
            for (int v = 0; v < scm.size(); v++) {
                if (!descendants.get(v) && Arrays.stream(scm.parents(v)).anyMatch(descendants::get)) {
                    descendants.set(v);
                    more = true;
                }
            }
        }
        return descendants;
    }

    @Test
    void whatIsHeldStaysAndWhatIsNotADescendantKeepsItsNoise() {
        Scm scm = draw(7, Config.defaults(), 0, 0, 0, 0);
        new Pilot(scm, ALL).shown();
        Evaluation evaluation = new Evaluation(scm);
        evaluation.run(ALL, ROWS, new Interventions(scm, Map.of()));
        float[][] before = IntStream.range(0, 4)
                .mapToObj(c -> evaluation.values(scm.shownBy(c)).clone())
                .toArray(float[][]::new);
        evaluation.run(ALL, ROWS, new Interventions(scm, Map.of(scm.shownBy(0), 5f)));
        BitSet descendants = descendants(scm, scm.shownBy(0));
        for (int c = 0; c < 4; c++) {
            float[] after = evaluation.values(scm.shownBy(c));
            if (c == 0) {
                assertEquals(5f, after[ROWS - 1]);
            } else if (!descendants.get(scm.shownBy(c))) {
                assertArrayEquals(before[c], after.clone());
            }
        }
    }

    @Test
    void linesAreNearTheNetworksTheyStandFor() {
        Config lines = Config.builder()
                .set(ScmParameters.SCM_LAYOUT_CHOICES, Choices.oneOf(Layout.RANDOM_TREE))
                .set(ScmParameters.ACTIVATION_CHOICES, Choices.oneOf(org.relata.synth.config.Activation.TANH))
                .set(ScmParameters.MLP_NUM_LAYERS_CHOICES, Choices.range(2, 2))
                .build();
        Config exact = lines.toBuilder().set(ScmParameters.ENCODER_KNOTS, 0).build();
        int close = 0;
        int all = 0;
        for (long seed = 0; seed < 10; seed++) {
            Scm one = draw(seed, lines, 0, 0, 0);
            Scm other = draw(seed, exact, 0, 0, 0);
            float[][] a = values(one);
            float[][] b = values(other);
            for (int v = 0; v < one.size(); v++) {
                // Only numbers: at a border a class may be another though its scores are near.
                boolean number = one.classes(v) == 0
                        && one.parents(v).length > 0
                        && Arrays.stream(one.parents(v))
                                .allMatch(p -> one.classes(p) == 0 && one.parents(p).length == 0);
                if (number) {
                    all++;
                    close += correlation(a[v], b[v]) > 0.999 ? 1 : 0;
                }
            }
        }
        assertTrue(all > 5 && close > 0.9 * all, close + " of " + all);
    }

    private static double correlation(float[] a, float[] b) {
        double ma = mean(a);
        double mb = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - ma) * (b[i] - mb);
            aa += (a[i] - ma) * (a[i] - ma);
            bb += (b[i] - mb) * (b[i] - mb);
        }
        return aa == 0 && bb == 0 ? 1 : ab / Math.sqrt(aa * bb);
    }

    private static double mean(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += value;
        }
        return sum / x.length;
    }

    @Test
    void valuesAreFiniteAndClassesInRangeInEveryMode() {
        for (long seed = 0; seed < 12; seed++) {
            Config config = seed % 3 == 0
                    ? Config.builder().set(ScmParameters.ENCODER_KNOTS, 0).build()
                    : Config.defaults();
            Scm scm = draw(seed, config, 0, 3);
            float[][] values = values(scm);
            for (int v = 0; v < scm.size(); v++) {
                for (float value : values[v]) {
                    assertTrue(Float.isFinite(value), "seed " + seed + ", variable " + v);
                    assertFalse(scm.classes(v) > 0 && (value < 0 || value >= scm.classes(v)));
                }
            }
        }
    }

    @Test
    void aRowHearsWhatNothingInfluencesInTheRowItRefersTo() {
        int heard = 0;
        for (long seed = 0; seed < 4; seed++) {
            float[][] alone = values(referring(seed, _ -> Links.NONE));
            Scm scm = referring(seed, row -> row - 1);
            float[][] joined = values(scm);
            // In another order and in other parts, a row hears the same.
            Evaluation evaluation = new Evaluation(scm);
            evaluation.run(new long[] {3, 150, 199}, 3, new Interventions(scm, Map.of()));
            for (int c = 0; c < 2; c++) {
                assertEquals(joined[scm.shownBy(c)][150], evaluation.values(scm.shownBy(c))[1]);
            }
            for (int v = 0; v < scm.size(); v++) {
                if (scm.parents(v).length == 0) {
                    assertArrayEquals(alone[v], joined[v]);
                }
                double near = Math.max(1e-6, Math.abs(1e-4 * alone[v][0]));
                assertEquals(alone[v][0], joined[v][0], near, "the first row refers to none");
                heard += Arrays.equals(alone[v], joined[v]) ? 0 : 1;
            }
        }
        assertTrue(heard > 5, heard + " variables hear anything");
    }

    private static Scm referring(long seed, Links links) {
        return Scm.draw(
                new SourceContext(
                        Config.builder()
                                .set(ScmParameters.SCM_LAYOUT_CHOICES, Choices.oneOf(Layout.RANDOM_TREE))
                                .set(ScmParameters.COL_STYPE_CHOICES, Choices.oneOf(ColumnType.NUMERICAL))
                                .build(),
                        Key.of(seed),
                        ROWS,
                        true),
                new int[] {0, 0},
                List.of(),
                List.of(new Scm.OwnFlow(Key.of(seed).child("own"), links)));
    }
}
