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

class LinearModelTest {
    @Test
    void triesNoFurtherPenaltyOnceItsTimeIsUp() {
        Samples train = Samples.binary(500, 1);
        Samples judge = Samples.binary(500, 2);
        LinearModel model = LinearModel.fit(
                train.x(),
                train.y(),
                UNWEIGHTED,
                Optional.of(new ValidationSet(judge.x(), judge.y(), Samples.LOG_LOSS)),
                LinearSettings.standard(),
                BINARY,
                1,
                Deadline.after(java.time.Duration.ZERO),
                Progress.silent());
        assertEquals(LinearSettings.standard().penalties().getFirst(), model.penalty());
    }

    private static LinearModel fit(Samples train, Target target, double penalty) {
        return fit(train, target, LinearSettings.standard().withPenalty(penalty), Optional.empty());
    }

    private static LinearModel fit(
            Samples train, Target target, LinearSettings settings, Optional<ValidationSet> validation) {
        return LinearModel.fit(train.x(), train.y(), UNWEIGHTED, validation, settings, target, 1, Progress.silent());
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        SplittableRandom random = new SplittableRandom(1);
        int rows = 30;
        float[][] columns = new float[4][rows];
        double[] weights = new double[rows];
        double[] numbers = new double[rows];
        double[] classes = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (float[] column : columns) {
                column[i] = (float) random.nextGaussian();
            }
            weights[i] = random.nextDouble(0.5, 2);
            numbers[i] = random.nextGaussian();
            classes[i] = random.nextInt(3);
        }
        double[] binary = Arrays.stream(classes).map(c -> Math.min(c, 1)).toArray();
        assertGradient(new LinearLoss(columns, numbers, weights, TaskType.REGRESSION, 1));
        assertGradient(new LinearLoss(columns, binary, weights, TaskType.BINARY_CLASSIFICATION, 1));
        assertGradient(new LinearLoss(columns, classes, UNWEIGHTED, TaskType.MULTICLASS_CLASSIFICATION, 3));
    }

    private static void assertGradient(LinearLoss loss) {
        loss.penalty(0.7);
        SplittableRandom random = new SplittableRandom(2);
        double[] at = random.doubles(loss.parameters(), -1, 1).toArray();
        double[] gradient = new double[at.length];
        double[] scratch = new double[at.length];
        loss.at(at, gradient);
        for (int j = 0; j < at.length; j++) {
            double h = 1e-5;
            double[] up = at.clone();
            up[j] += h;
            double[] down = at.clone();
            down[j] -= h;
            double slope = (loss.at(up, scratch) - loss.at(down, scratch)) / (2 * h);
            assertEquals(slope, gradient[j], 1e-8, "parameter " + j);
        }
    }

    @Test
    void ridgeAgreesWithTheClosedForm() {
        SplittableRandom random = new SplittableRandom(5);
        int rows = 40;
        float[][] columns = new float[2][rows];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            columns[0][i] = (float) random.nextGaussian();
            columns[1][i] = (float) (0.9 * columns[0][i] + 0.3 * random.nextGaussian());
            y[i] = 2 * columns[0][i] - columns[1][i] + 0.5 + 0.1 * random.nextGaussian();
        }
        double penalty = 0.2;
        LinearLoss loss = new LinearLoss(columns, y, UNWEIGHTED, TaskType.REGRESSION, 1);
        loss.penalty(penalty);
        double[] found = new double[3];
        Lbfgs.minimise(loss::at, found, 200, 1e-12);
        // Normal equations of the mean loss: (X'X / n + penalty) w + mean(X) b = X'y / n, and mean(X) w + b = mean(y).
        double[] m = {mean(columns[0], null), mean(columns[1], null)};
        double my = Samples.mean(y);
        double a = mean(columns[0], columns[0]) - m[0] * m[0] + penalty;
        double b = mean(columns[0], columns[1]) - m[0] * m[1];
        double d = mean(columns[1], columns[1]) - m[1] * m[1] + penalty;
        double r0 = meanProduct(columns[0], y) - m[0] * my;
        double r1 = meanProduct(columns[1], y) - m[1] * my;
        double determinant = a * d - b * b;
        double w0 = (d * r0 - b * r1) / determinant;
        double w1 = (a * r1 - b * r0) / determinant;
        assertArrayEquals(new double[] {w0, w1, my - m[0] * w0 - m[1] * w1}, found, 1e-9);
    }

    private static double mean(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += b == null ? a[i] : (double) a[i] * b[i];
        }
        return sum / a.length;
    }

    private static double meanProduct(float[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / a.length;
    }

    @Test
    void aLineThroughALogitIsFound() {
        // One 0/1 column and equal class shares in each half: the fitted log-odds are known.
        float[] side = new float[400];
        double[] y = new double[400];
        for (int i = 0; i < 400; i++) {
            side[i] = i < 200 ? 0 : 1;
            y[i] = i < 200 ? (i < 50 ? 1 : 0) : (i < 350 ? 1 : 0);
        }
        try (LinearModel model = fit(new Samples(Samples.matrix(side), y), BINARY, 1e-9)) {
            double[][] predictions = model.predict(Samples.matrix(new float[] {0, 1}));
            assertEquals(0.25, predictions[0][0], 1e-5);
            assertEquals(0.75, predictions[1][0], 1e-5);
        }
    }

    @Test
    void learnsFromGapsAndCategories() {
        Samples test = Samples.binary(2000, 2);
        try (LinearModel model = fit(
                Samples.binary(4000, 1),
                BINARY,
                LinearSettings.standard(),
                Optional.of(Samples.binary(1000, 3).validation(Samples.LOG_LOSS)))) {
            assertTrue(Samples.AUC.score().of(test.y(), model.predict(test.x())) > 0.8);
            double[][] parts = model.contributions(test.x());
            double colour = Arrays.stream(parts)
                    .mapToDouble(p -> Math.abs(p[4]))
                    .average()
                    .orElseThrow();
            double gap = Arrays.stream(parts)
                    .mapToDouble(p -> Math.abs(p[2]))
                    .average()
                    .orElseThrow();
            double noise = Arrays.stream(parts)
                    .mapToDouble(p -> Math.abs(p[3]))
                    .average()
                    .orElseThrow();
            assertTrue(colour > 3 * noise && gap > 3 * noise, colour + ", " + gap + ", " + noise);
        }
    }

    @Test
    void validationChoosesThePenalty() {
        // 60 noise features on 80 rows: hardly any penalty is worse than a strong one.
        SplittableRandom random = new SplittableRandom(4);
        Samples[] halves = new Samples[2];
        for (int h = 0; h < 2; h++) {
            float[][] columns = new float[60][80];
            double[] y = new double[80];
            for (int i = 0; i < 80; i++) {
                for (float[] column : columns) {
                    column[i] = (float) random.nextGaussian();
                }
                y[i] = 0.5 * columns[0][i] + random.nextGaussian();
            }
            halves[h] = new Samples(Samples.matrix(columns), y);
        }
        try (LinearModel chosen = fit(
                        halves[0],
                        NUMBER,
                        LinearSettings.standard(),
                        Optional.of(halves[1].validation(Samples.ABSOLUTE_ERROR)));
                LinearModel weak = fit(halves[0], NUMBER, 0.001)) {
            assertTrue(chosen.penalty() >= 0.1, "penalty " + chosen.penalty());
            assertTrue(Samples.ABSOLUTE_ERROR.score().of(halves[1].y(), chosen.predict(halves[1].x()))
                    < Samples.ABSOLUTE_ERROR.score().of(halves[1].y(), weak.predict(halves[1].x())));
        }
    }

    @Test
    void contributionsSumToRawPredictions() {
        for (Target target : List.of(NUMBER, BINARY, THREE)) {
            Samples train = target == NUMBER
                    ? Samples.regression(600, 1)
                    : target == BINARY ? Samples.binary(600, 1) : Samples.three(600, 1);
            try (LinearModel model = fit(train, target, 0.01)) {
                double[][] raw = model.predictRaw(train.x());
                double[][] parts = model.contributions(train.x());
                for (int i = 0; i < raw.length; i++) {
                    assertEquals(
                            Arrays.stream(raw[i]).max().orElseThrow(),
                            Arrays.stream(parts[i]).sum(),
                            1e-8);
                }
            }
        }
    }

    @Test
    void probabilitiesOfClassesSumToOne() {
        Samples train = Samples.three(900, 1);
        try (LinearModel model = fit(train, THREE, 0.01)) {
            int hits = 0;
            double[][] predictions = model.predict(train.x());
            int[] predicted = Classes.predicted(predictions);
            for (int i = 0; i < predicted.length; i++) {
                assertEquals(1, Arrays.stream(predictions[i]).sum(), 1e-12);
                hits += predicted[i] == train.y()[i] ? 1 : 0;
            }
            assertTrue(hits > 600, hits + " of 900");
        }
    }

    @Test
    void extremesAndUnseenValuesStaySane() {
        Samples train = Samples.regression(500, 1);
        try (LinearModel model = fit(train, NUMBER, 0.01)) {
            FeatureMatrix odd = new FeatureMatrix(
                    train.x().features(),
                    new float[][] {{Float.POSITIVE_INFINITY}, {-1e38f}, {Float.NaN}, {Float.NEGATIVE_INFINITY}, {9}},
                    List.of(List.of(), List.of(), List.of(), List.of(), Samples.COLOURS),
                    1);
            double prediction = model.predict(odd)[0][0];
            assertTrue(prediction > 0 && prediction < 2500, "prediction " + prediction);
        }
    }

    @Test
    void boundsOnColumnsAndRowsHold() {
        int rows = 50;
        SplittableRandom random = new SplittableRandom(1);
        double[] y = Samples.binary(rows, 1).y();
        float[][] columns = new float[2000][rows];
        for (int f = 0; f < 2000; f++) {
            for (int i = 0; i < rows; i++) {
                columns[f][i] = random.nextInt(5) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
        }
        for (int i = 0; i < rows; i++) {
            columns[321][i] = (float) (4 * y[i] + random.nextGaussian());
        }
        FeatureMatrix x = Samples.matrix(columns);
        LinearSettings tight = new LinearSettings(List.of(0.1), 10, 10 * 30, 50);
        LinearDesign design = LinearDesign.learn(x, y, BINARY, tight, 1);
        assertEquals(10, design.columns().size());
        assertTrue(design.columns().stream().anyMatch(c -> c.feature() == 321));
        assertEquals(30, design.rows().length);
        try (LinearModel model = fit(new Samples(x, y), BINARY, 0.1)) {
            assertEquals(2001, model.contributions(x)[0].length);
            assertTrue(Samples.AUC.score().of(y, model.predict(x)) > 0.95);
        }
    }

    @Test
    void allMissingPredictsTheShare() {
        float[] gaps = new float[80];
        Arrays.fill(gaps, Float.NaN);
        double[] y = Samples.binary(80, 1).y();
        try (LinearModel model = fit(new Samples(Samples.matrix(gaps), y), BINARY, 0.1)) {
            assertEquals(Samples.mean(y), model.predict(Samples.matrix(gaps))[0][0], 1e-6);
        }
    }

    @Test
    void weightsActAsRepeatedRows() {
        Samples train = Samples.binary(200, 1);
        double[] weight = new double[200];
        int[] repeated = new int[300];
        for (int i = 0; i < 300; i++) {
            repeated[i] = i < 200 ? i : i - 200;
        }
        for (int i = 0; i < 200; i++) {
            weight[i] = i < 100 ? 2 : 1;
        }
        float[][] design = LinearDesign.learn(train.x(), train.y(), BINARY, LinearSettings.standard(), 1)
                .values();
        LinearLoss weighted = new LinearLoss(design, train.y(), weight, TaskType.BINARY_CLASSIFICATION, 1);
        float[][] longer = new float[design.length][300];
        double[] y = new double[300];
        for (int i = 0; i < 300; i++) {
            y[i] = train.y()[repeated[i]];
            for (int j = 0; j < design.length; j++) {
                longer[j][i] = design[j][repeated[i]];
            }
        }
        LinearLoss plain = new LinearLoss(longer, y, UNWEIGHTED, TaskType.BINARY_CLASSIFICATION, 1);
        double[] at = new SplittableRandom(3).doubles(weighted.parameters()).toArray();
        double[] gradient = new double[at.length];
        assertEquals(plain.at(at, gradient), weighted.at(at, new double[at.length]), 1e-12);
    }

    @Test
    void readsWhatItWrote(@TempDir Path folder) throws Exception {
        Samples train = Samples.three(300, 1);
        Path file = folder.resolve("linear.json");
        try (LinearModel model = fit(train, THREE, 0.01)) {
            model.write(file);
            try (TabularModel again = TabularModel.read(file)) {
                assertArrayEquals(model.predict(train.x()), again.predict(train.x()));
                assertEquals(THREE, again.target());
            }
        }
        Files.writeString(file, Files.readString(file).replace("\"parameters\":[", "\"parameters\":[1,"));
        assertEquals(
                "model.damaged",
                assertThrows(RelataException.class, () -> TabularModel.read(file))
                        .code());
    }

    @Test
    void sameInputsGiveTheSameModel() {
        Samples train = Samples.binary(500, 1);
        try (LinearModel one = fit(train, BINARY, 0.01);
                LinearModel two = fit(train, BINARY, 0.01)) {
            assertArrayEquals(one.predict(train.x()), two.predict(train.x()));
        }
    }

    @Test
    void saysWhatCannotBeLearned() {
        Samples train = Samples.binary(20, 1);
        assertEquals(
                "labels.constant",
                assertThrows(RelataException.class, () -> fit(new Samples(train.x(), new double[20]), BINARY, 1))
                        .code());
        assertEquals(
                "rows.few",
                assertThrows(RelataException.class, () -> fit(Samples.binary(1, 1), BINARY, 1))
                        .code());
    }
}
