package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relata.learn.tabular.Samples.BINARY;
import static org.relata.learn.tabular.Samples.NUMBER;
import static org.relata.learn.tabular.Samples.THREE;
import static org.relata.learn.tabular.Samples.UNWEIGHTED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;
import org.relata.features.FeatureMatrix;

class BoostedTreesTest {
    private static BoostedTrees fit(Samples train, Target target, int rounds) {
        BoosterSettings settings = BoosterSettings.standard(
                        target.type(), train.x().rows())
                .with("rounds", rounds)
                .with("learning_rate", 0.1);
        return fit(train, target, settings, Optional.empty(), 7, 2);
    }

    private static BoostedTrees fit(
            Samples train,
            Target target,
            BoosterSettings settings,
            Optional<ValidationSet> validation,
            long seed,
            int threads) {
        return BoostedTrees.fit(
                train.x(), train.y(), UNWEIGHTED, validation, settings, target, seed, threads, Progress.silent());
    }

    @Test
    void learnsRegressionNearItsNoise() {
        Samples test = Samples.regression(1000, 2);
        try (BoostedTrees model = fit(Samples.regression(4000, 1), NUMBER, 300)) {
            double error = Samples.ABSOLUTE_ERROR.score().of(test.y(), model.predict(test.x()));
            // The noise alone has a mean absolute value of 50 * 0.3 * 0.8 = 12; labels spread by about 100.
            assertTrue(error < 20, "error " + error);
        }
    }

    @Test
    void endsByItsDeadlineWithTheBestRoundUntilThen() {
        Samples train = Samples.regression(4000, 1);
        Samples judge = Samples.regression(1000, 2);
        BoosterSettings endless = BoosterSettings.standard(TaskType.REGRESSION, 4000)
                .with("rounds", 1_000_000)
                .with("learning_rate", 0.000_01)
                .with("early_stopping_rounds", 0);
        long start = System.nanoTime();
        try (BoosterData data = BoosterData.of(train.x(), train.y(), UNWEIGHTED, NUMBER, endless, 2);
                BoostedTrees model = BoostedTrees.fit(
                        data,
                        Optional.of(new ValidationSet(judge.x(), judge.y(), Samples.ABSOLUTE_ERROR)),
                        endless,
                        1,
                        2,
                        Deadline.after(Duration.ofMillis(300)),
                        Progress.silent())) {
            assertTrue(model.rounds() > 0 && model.rounds() < 1_000_000, "rounds " + model.rounds());
            assertTrue(System.nanoTime() - start < 30_000_000_000L);
        }
        try (BoosterData data = BoosterData.of(train.x(), train.y(), UNWEIGHTED, NUMBER, endless, 2);
                BoostedTrees late = BoostedTrees.fit(
                        data,
                        Optional.of(new ValidationSet(judge.x(), judge.y(), Samples.ABSOLUTE_ERROR)),
                        endless,
                        1,
                        2,
                        Deadline.after(Duration.ZERO),
                        Progress.silent())) {
            assertEquals(1, late.rounds(), "one round is always grown");
        }
    }

    @Test
    void learnsARareClassAndManyClasses() {
        Samples rare = Samples.rare(6000, 1);
        assertTrue(Samples.mean(rare.y()) < 0.05);
        Samples test = Samples.rare(3000, 2);
        try (BoostedTrees model = fit(rare, BINARY, 60)) {
            assertTrue(Samples.AUC.score().of(test.y(), model.predict(test.x())) > 0.85);
        }
        Samples three = Samples.three(1000, 2);
        try (BoostedTrees model = fit(Samples.three(3000, 1), THREE, 60)) {
            double[][] predictions = model.predict(three.x());
            int hits = 0;
            for (int i = 0; i < predictions.length; i++) {
                assertEquals(1, Arrays.stream(predictions[i]).sum(), 1e-9);
                double[] p = predictions[i];
                int chosen = p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2;
                hits += chosen == three.y()[i] ? 1 : 0;
            }
            assertTrue(hits > 800, hits + " of 1000");
        }
    }

    @Test
    void followsAMonotoneFunction() {
        try (BoostedTrees model = fit(Samples.regression(4000, 1), NUMBER, 200)) {
            float[][] columns = {{-1.8f, -1f, 0f, 1f, 1.8f}, new float[5], new float[5], new float[5], new float[5]};
            FeatureMatrix rising = new FeatureMatrix(
                    Samples.regression(1, 1).x().features(),
                    columns,
                    List.of(List.of(), List.of(), List.of(), List.of(), Samples.COLOURS),
                    5);
            double[][] predictions = model.predict(rising);
            for (int i = 1; i < 5; i++) {
                assertTrue(predictions[i][0] > predictions[i - 1][0] + 20);
            }
        }
    }

    @Test
    void givesTheSameModelForAnyNumberOfThreadsAndAgain() {
        // Large enough for LightGBM to split the rows among threads, and half zeros so that bundling would be tempted.
        int rows = 60_000;
        SplittableRandom random = new SplittableRandom(3);
        float[][] columns = new float[30][rows];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int f = 0; f < columns.length; f++) {
                columns[f][i] = f >= 10 && random.nextInt(25) != 0 ? 0 : (float) random.nextGaussian();
            }
            y[i] = columns[0][i] + columns[1][i] * columns[2][i] + columns[12][i] + random.nextGaussian();
        }
        Samples train = new Samples(Samples.matrix(columns), y);
        for (Objective objective : List.of(Objective.SQUARED_ERROR, Objective.ABSOLUTE_ERROR)) {
            BoosterSettings settings = BoosterSettings.standard(TaskType.REGRESSION, rows)
                    .with("rounds", 10)
                    .with("objective", objective);
            double[][] first = predictions(train, settings, 1);
            assertArrayEquals(first, predictions(train, settings, 1));
            assertArrayEquals(first, predictions(train, settings, 2));
            assertArrayEquals(first, predictions(train, settings, 3));
        }
    }

    private static double[][] predictions(Samples train, BoosterSettings settings, int threads) {
        try (BoostedTrees model = fit(train, NUMBER, settings, Optional.empty(), 5, threads)) {
            return model.predict(train.x());
        }
    }

    @Test
    void seedsMakeDifferentModels() {
        Samples train = Samples.regression(1000, 1);
        BoosterSettings settings =
                BoosterSettings.standard(TaskType.REGRESSION, 1000).with("rounds", 20);
        try (BoostedTrees one = fit(train, NUMBER, settings, Optional.empty(), 1, 1);
                BoostedTrees two = fit(train, NUMBER, settings, Optional.empty(), 2, 1)) {
            assertTrue(one.predict(train.x())[0][0] != two.predict(train.x())[0][0]);
        }
    }

    @Test
    void contributionsSumToRawPredictions() {
        Samples binary = Samples.binary(1500, 1);
        try (BoostedTrees model = fit(binary, BINARY, 40)) {
            assertSums(model, binary.x());
        }
        Samples number = Samples.regression(1500, 1);
        try (BoostedTrees model = fit(number, NUMBER, 40)) {
            assertSums(model, number.x());
        }
        Samples three = Samples.three(1500, 1);
        try (BoostedTrees model = fit(three, THREE, 40)) {
            assertSums(model, three.x());
        }
    }

    private static void assertSums(BoostedTrees model, FeatureMatrix x) {
        double[][] raw = model.predictRaw(x);
        double[][] parts = model.contributions(x);
        for (int i = 0; i < raw.length; i++) {
            assertEquals(x.width() + 1, parts[i].length);
            // For classes: the raw score of the predicted, that is the highest, class.
            double expected = Arrays.stream(raw[i]).max().orElseThrow();
            assertEquals(expected, Arrays.stream(parts[i]).sum(), 1e-6 * Math.max(1, Math.abs(expected)));
        }
    }

    @Test
    void gainsPreferSignalToNoise() {
        try (BoostedTrees model = fit(Samples.regression(3000, 1), NUMBER, 50)) {
            double[] gains = model.gains();
            assertEquals(5, gains.length);
            assertTrue(gains[0] > 5 * gains[3]);
            assertTrue(gains[4] > gains[3]);
        }
    }

    @Test
    void stopsEarlyAndKeepsTheBestRound() {
        Samples train = Samples.binary(800, 1);
        BoosterSettings settings = BoosterSettings.standard(TaskType.BINARY_CLASSIFICATION, 800)
                .with("rounds", 1000)
                .with("learning_rate", 0.2)
                .with("early_stopping_rounds", 30);
        Samples valid = Samples.binary(800, 2);
        try (BoostedTrees model = fit(train, BINARY, settings, Optional.of(valid.validation(Samples.LOG_LOSS)), 1, 2)) {
            double[] curve = model.curve();
            assertEquals(model.rounds() + 30, curve.length);
            double best = Arrays.stream(curve).min().orElseThrow();
            assertEquals(best, curve[model.rounds() - 1]);
            assertEquals(best, Samples.LOG_LOSS.score().of(valid.y(), model.predict(valid.x())), 1e-9);
        }
    }

    @Test
    void dataBinnedOnceServesManyFits() {
        Samples train = Samples.binary(1000, 1);
        BoosterSettings settings =
                BoosterSettings.standard(TaskType.BINARY_CLASSIFICATION, 1000).with("rounds", 20);
        try (BoosterData data = BoosterData.of(train.x(), train.y(), UNWEIGHTED, BINARY, settings, 2)) {
            for (int leaves : new int[] {3, 9}) {
                BoosterSettings other = settings.with("num_leaves", leaves).with("min_data_in_leaf", leaves);
                try (BoostedTrees shared = BoostedTrees.fit(data, Optional.empty(), other, 1, 2, Progress.silent());
                        BoostedTrees own = fit(train, BINARY, other, Optional.empty(), 1, 2)) {
                    assertArrayEquals(own.predict(train.x()), shared.predict(train.x()));
                }
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> BoostedTrees.fit(
                            data, Optional.empty(), settings.with("max_bin", 15), 1, 2, Progress.silent()));
        }
    }

    @Test
    void aRoundWithoutASplitDoesNotEndTheFit() {
        // One feature of forty tells, and each tree sees two: most rounds find no split worth its price.
        SplittableRandom random = new SplittableRandom(1);
        float[][] columns = new float[40][1000];
        double[] y = new double[1000];
        for (int i = 0; i < 1000; i++) {
            for (float[] column : columns) {
                column[i] = (float) random.nextGaussian();
            }
            y[i] = columns[23][i] > 0 ? 1 : 0;
        }
        Samples train = new Samples(Samples.matrix(columns), y);
        BoosterSettings settings = BoosterSettings.standard(TaskType.BINARY_CLASSIFICATION, 1000)
                .with("rounds", 10)
                .with("feature_fraction", 0.05)
                .with("min_gain_to_split", 30)
                .with("num_leaves", 2);
        for (Optional<ValidationSet> validation :
                List.of(Optional.<ValidationSet>empty(), Optional.of(train.validation(Samples.LOG_LOSS)))) {
            try (BoostedTrees model = fit(train, BINARY, settings, validation, 1, 1)) {
                assertEquals(10, model.rounds());
                assertTrue(model.gains()[23] > 0);
                assertEquals(model.gains()[23], Arrays.stream(model.gains()).sum());
                assertEquals(1, Samples.AUC.score().of(y, model.predict(train.x())));
            }
            for (int seed = 0; seed < 5; seed++) {
                try (BoostedTrees one = fit(train, BINARY, settings.with("rounds", 1), validation, seed, 1)) {
                    assertTrue(one.rounds() <= 2);
                }
            }
        }
    }

    @Test
    void readsWhatItWrote(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.txt");
        Samples train = Samples.three(900, 1);
        try (BoostedTrees model = fit(train, THREE, 30)) {
            model.write(file);
            assertEquals(List.of(file), Files.list(folder).toList());
            try (BoostedTrees again = BoostedTrees.read(file)) {
                assertArrayEquals(model.predict(train.x()), again.predict(train.x()));
                assertArrayEquals(model.contributions(train.x()), again.contributions(train.x()));
                assertArrayEquals(model.gains(), again.gains());
                assertEquals(model.settings(), again.settings());
                assertEquals(THREE, again.target());
            }
        }
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 100));
        RelataException cut = assertThrows(RelataException.class, () -> BoostedTrees.read(file));
        assertEquals("model.damaged", cut.code());
        Files.writeString(file, "hello");
        assertEquals(
                "model.damaged",
                assertThrows(RelataException.class, () -> BoostedTrees.read(file))
                        .code());
        assertEquals(
                "model.missing",
                assertThrows(RelataException.class, () -> BoostedTrees.read(folder.resolve("none")))
                        .code());
    }

    @Test
    void refusesOtherFeaturesAndTranslatesCategories() {
        Samples train = Samples.regression(1000, 1);
        try (BoostedTrees model = fit(train, NUMBER, 30)) {
            FeatureMatrix x = train.x().rows(new int[] {0, 1, 2, 3});
            RelataException fewer =
                    assertThrows(RelataException.class, () -> model.predict(x.features(new int[] {0, 1})));
            assertTrue(fewer.getMessage().contains("fitted on 5"), fewer.getMessage());
            RelataException swapped =
                    assertThrows(RelataException.class, () -> model.predict(x.features(new int[] {1, 0, 2, 3, 4})));
            assertTrue(swapped.getMessage().startsWith("x1: the model expects x0"), swapped.getMessage());

            float[] codes = x.column(4).clone();
            for (int i = 0; i < codes.length; i++) {
                codes[i] = 4 - codes[i];
            }
            FeatureMatrix reordered = new FeatureMatrix(
                    x.features(),
                    new float[][] {x.column(0), x.column(1), x.column(2), x.column(3), codes},
                    List.of(
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of("pink", "grey", "blue", "green", "red")),
                    4);
            assertArrayEquals(model.predict(x), model.predict(reordered));
        }
    }

    @Test
    void saysWhatCannotBeLearned() {
        Samples one = Samples.regression(1, 1);
        assertEquals("rows.few", problem(one, NUMBER));
        Samples constant = new Samples(Samples.regression(50, 1).x(), new double[50]);
        assertEquals("labels.constant", problem(constant, NUMBER));
        assertEquals("labels.constant", problem(constant, BINARY));
        double[] odd = Samples.binary(50, 1).y();
        odd[3] = 2;
        assertEquals("labels.value", problem(new Samples(constant.x(), odd), BINARY));
        odd[3] = Double.NaN;
        assertEquals("labels.value", problem(new Samples(constant.x(), odd), NUMBER));
        Samples none = new Samples(
                constant.x().features(new int[0]), Samples.regression(50, 1).y());
        assertEquals("features.none", problem(none, NUMBER));
    }

    private static String problem(Samples train, Target target) {
        return assertThrows(RelataException.class, () -> fit(train, target, 5)).code();
    }

    @Test
    void managesAllMissingAndVeryWideData() {
        int rows = 50;
        float[] gaps = new float[rows];
        Arrays.fill(gaps, Float.NaN);
        double[] y = Samples.binary(rows, 1).y();
        try (BoostedTrees model = fit(new Samples(Samples.matrix(gaps, gaps), y), BINARY, 5)) {
            assertEquals(Samples.mean(y), model.predict(Samples.matrix(gaps, gaps))[0][0], 1e-6);
        }
        SplittableRandom random = new SplittableRandom(1);
        float[][] columns = new float[2000][rows];
        for (float[] column : columns) {
            for (int i = 0; i < rows; i++) {
                column[i] = (float) random.nextGaussian();
            }
        }
        for (int i = 0; i < rows; i++) {
            columns[17][i] = (float) (3 * y[i] + 0.1 * random.nextGaussian());
        }
        Samples wide = new Samples(Samples.matrix(columns), y);
        BoosterSettings settings = BoosterSettings.standard(TaskType.BINARY_CLASSIFICATION, rows)
                .with("rounds", 30)
                .with("feature_fraction", 1.0);
        try (BoostedTrees model = fit(wide, BINARY, settings, Optional.empty(), 1, 2)) {
            assertEquals(1, Samples.AUC.score().of(y, model.predict(wide.x())));
            assertEquals(2001, model.contributions(wide.x())[0].length);
        }
    }

    @Test
    void weightsCount() {
        Samples train = Samples.binary(2000, 1);
        double[] weight = new double[2000];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = train.y()[i] == 1 ? 10 : 1;
        }
        BoosterSettings settings =
                BoosterSettings.standard(TaskType.BINARY_CLASSIFICATION, 2000).with("rounds", 20);
        try (BoostedTrees plain = fit(train, BINARY, settings, Optional.empty(), 1, 2);
                BoostedTrees weighted = BoostedTrees.fit(
                        train.x(), train.y(), weight, Optional.empty(), settings, BINARY, 1, 2, Progress.silent())) {
            double before = Arrays.stream(plain.predict(train.x()))
                    .mapToDouble(p -> p[0])
                    .average()
                    .orElseThrow();
            double after = Arrays.stream(weighted.predict(train.x()))
                    .mapToDouble(p -> p[0])
                    .average()
                    .orElseThrow();
            assertTrue(after > before + 0.2, before + " to " + after);
        }
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();
        Samples train = Samples.binary(500, 1);
        RelataException e = assertThrows(RelataException.class, () -> fit(train, BINARY, 5));
        assertEquals("interrupted", e.code());
        assertTrue(!Thread.interrupted());
    }

    @Test
    void aClosedModelSaysSo() {
        Samples train = Samples.binary(500, 1);
        BoostedTrees model = fit(train, BINARY, 5);
        model.close();
        model.close();
        assertThrows(IllegalStateException.class, () -> model.predict(train.x()));
    }
}
