package org.relata.learn.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.relata.database.task.TaskType;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;

/// Synthetic rows with a known signal.
///
/// @param x features
/// @param y labels
record Samples(FeatureMatrix x, double[] y) {
    static final Target BINARY = new Target(TaskType.BINARY_CLASSIFICATION, List.of("no", "yes"));
    static final Target THREE = new Target(TaskType.MULTICLASS_CLASSIFICATION, List.of("low", "middle", "high"));
    static final Target NUMBER = new Target(TaskType.REGRESSION, List.of());
    static final double[] UNWEIGHTED = new double[0];
    static final List<String> COLOURS = List.of("red", "green", "blue", "grey");

    static final Scorer ABSOLUTE_ERROR = new Scorer("mae", false, (labels, predictions) -> {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += Math.abs(labels[i] - predictions[i][0]);
        }
        return sum / labels.length;
    });

    static final Scorer LOG_LOSS = new Scorer("log_loss", false, (labels, predictions) -> {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] p = predictions[i];
            double chosen = p.length > 1 ? p[(int) labels[i]] : labels[i] == 1 ? p[0] : 1 - p[0];
            sum -= Math.log(Math.max(1e-15, chosen));
        }
        return sum / labels.length;
    });

    static final Scorer AUC = new Scorer("roc_auc", true, (labels, predictions) -> {
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < labels.length; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    pairs++;
                    wins += predictions[i][0] > predictions[j][0]
                            ? 1
                            : predictions[i][0] == predictions[j][0] ? 0.5 : 0;
                }
            }
        }
        return wins / pairs;
    });

    static Feature numeric(String name) {
        return new Feature(name, Feature.Type.NUMERIC, name, "q", List.of("t"), Feature.TimeBound.BEFORE_CUTOFF);
    }

    static Feature categorical(String name) {
        return new Feature(name, Feature.Type.CATEGORICAL, name, "q", List.of("t"), Feature.TimeBound.BEFORE_CUTOFF);
    }

    static FeatureMatrix matrix(float[]... columns) {
        List<Feature> features = new ArrayList<>();
        List<List<String>> categories = new ArrayList<>();
        for (int f = 0; f < columns.length; f++) {
            features.add(numeric("x" + f));
            categories.add(List.of());
        }
        return new FeatureMatrix(features, columns, categories, columns.length == 0 ? 0 : columns[0].length);
    }

    /// Four signals and noise: x0 rises, x1 acts squared, x2 has gaps that mean something, colour has an offset, x3 is
    /// noise.
    private static Samples draw(int rows, long seed, ToDoubleFunction<double[]> label) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] columns = new float[5][rows];
        double[] y = new double[rows];
        double[] offsets = {1, -1, 0.5, -0.5};
        for (int i = 0; i < rows; i++) {
            columns[0][i] = (float) random.nextDouble(-2, 2);
            columns[1][i] = (float) random.nextDouble(-2, 2);
            boolean gap = random.nextInt(10) < 3;
            columns[2][i] = gap ? Float.NaN : (float) random.nextDouble(0, 100);
            columns[3][i] = (float) random.nextGaussian();
            int colour = random.nextInt(4);
            columns[4][i] = colour;
            double score =
                    1.5 * columns[0][i] + columns[1][i] * columns[1][i] - 4.0 / 3 + (gap ? 1 : -0.4) + offsets[colour];
            y[i] = label.applyAsDouble(new double[] {score, random.nextDouble(), random.nextGaussian()});
        }
        List<Feature> features =
                List.of(numeric("x0"), numeric("x1"), numeric("x2"), numeric("x3"), categorical("colour"));
        return new Samples(
                new FeatureMatrix(
                        features, columns, List.of(List.of(), List.of(), List.of(), List.of(), COLOURS), rows),
                y);
    }

    static Samples regression(int rows, long seed) {
        return draw(rows, seed, s -> 1000 + 50 * (s[0] + 0.3 * s[2]));
    }

    static Samples binary(int rows, long seed) {
        return draw(rows, seed, s -> s[1] < 1 / (1 + Math.exp(-s[0])) ? 1 : 0);
    }

    static Samples rare(int rows, long seed) {
        return draw(rows, seed, s -> s[1] < 1 / (1 + Math.exp(6 - s[0])) ? 1 : 0);
    }

    static Samples three(int rows, long seed) {
        return draw(rows, seed, s -> s[0] + 0.3 * s[2] < -1 ? 0 : s[0] + 0.3 * s[2] < 1 ? 1 : 2);
    }

    ValidationSet validation(Scorer scorer) {
        return new ValidationSet(x, y, scorer);
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
