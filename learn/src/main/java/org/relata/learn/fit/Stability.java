package org.relata.learn.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relata.database.task.TaskType;
import org.relata.features.FeatureMatrix;
import org.relata.learn.tabular.Target;

/// How well each feature alone predicts, at other times and for other entities than those it was learnt from.
///
/// Gain in a model says what helps where the model was fitted: with few entities, a date of birth or the number of a
/// car tells them apart and gains much, and tells nothing of entities and years to come. Here the rows are cut into
/// blocks of time and groups of entities; in each block the label's mean by bin of the feature, over all other blocks
/// and groups, is correlated with the label, and the worst block counts.
final class Stability {
    private static final int BLOCKS = 5;
    private static final int GROUPS = 2;
    private static final int BINS = 12;
    /// Rows of average label added to each bin, so that a rare value does not speak loudly.
    private static final double PRIOR_ROWS = 50;

    private final int rows;
    private final int blocks;
    private final int[] block;
    private final int[] group;
    private final double[][] indicators;

    /// @param entity the entity of each row
    /// @param seed the seed time of each row
    /// @param label the label of each row; for classes, each class against the others
    Stability(long[] entity, long[] seed, double[] label, Target target) {
        this.rows = seed.length;
        long[] sorted = seed.clone();
        Arrays.sort(sorted);
        long[] starts = IntStream.range(1, BLOCKS)
                .mapToLong(b -> sorted[(int) ((long) rows * b / BLOCKS)])
                .distinct()
                .filter(start -> start > sorted[0])
                .toArray();
        this.blocks = starts.length + 1;
        this.block = new int[rows];
        this.group = new int[rows];
        for (int i = 0; i < rows; i++) {
            int b = 0;
            while (b < starts.length && seed[i] >= starts[b]) {
                b++;
            }
            block[i] = b;
            group[i] = (int) Math.floorMod(new SplittableRandom(entity[i]).nextLong(), (long) GROUPS);
        }
        this.indicators = target.type() == TaskType.MULTICLASS_CLASSIFICATION
                ? IntStream.range(0, target.classes().size())
                        .mapToObj(c ->
                                Arrays.stream(label).map(v -> v == c ? 1 : 0).toArray())
                        .toArray(double[][]::new)
                : new double[][] {label};
    }

    /// How many blocks of time there are: with one, nothing can be told.
    int blocks() {
        return blocks;
    }

    /// For each feature the lowest correlation over the blocks, averaged over classes, in -1 to 1.
    ///
    /// @param x the features of the rows
    double[] scores(FeatureMatrix x) {
        return IntStream.range(0, x.width())
                .parallel()
                .mapToDouble(f -> score(x.column(f)))
                .toArray();
    }

    private double score(float[] column) {
        int[] bin = bins(column);
        double[] mean = new double[blocks];
        for (double[] indicator : indicators) {
            double[] correlations = correlations(bin, indicator);
            for (int b = 0; b < blocks; b++) {
                mean[b] += correlations[b] / indicators.length;
            }
        }
        return Arrays.stream(mean).min().orElseThrow();
    }

    /// Bins of about equally many rows, and one for missing values.
    private int[] bins(float[] column) {
        float[] present = new float[rows];
        int count = 0;
        for (float value : column) {
            if (!Float.isNaN(value)) {
                present[count++] = value;
            }
        }
        Arrays.sort(present, 0, count);
        float[] edges = new float[BINS - 1];
        for (int e = 0; e < edges.length && count > 0; e++) {
            edges[e] = present[(int) ((long) count * (e + 1) / BINS)];
        }
        int[] bin = new int[rows];
        for (int i = 0; i < rows; i++) {
            if (Float.isNaN(column[i])) {
                bin[i] = BINS;
                continue;
            }
            int b = 0;
            while (b < edges.length && column[i] >= edges[b]) {
                b++;
            }
            bin[i] = b;
        }
        return bin;
    }

    private double[] correlations(int[] bin, double[] y) {
        double[][][] sum = new double[blocks][GROUPS][BINS + 1];
        double[][][] count = new double[blocks][GROUPS][BINS + 1];
        for (int i = 0; i < rows; i++) {
            sum[block[i]][group[i]][bin[i]] += y[i];
            count[block[i]][group[i]][bin[i]]++;
        }
        double[][][] expected = new double[blocks][GROUPS][];
        for (int b = 0; b < blocks; b++) {
            for (int g = 0; g < GROUPS; g++) {
                expected[b][g] = elsewhere(sum, count, b, g);
            }
        }
        Moments[] moments =
                IntStream.range(0, blocks).mapToObj(b -> new Moments()).toArray(Moments[]::new);
        for (int i = 0; i < rows; i++) {
            moments[block[i]].add(expected[block[i]][group[i]][bin[i]], y[i]);
        }
        return Arrays.stream(moments).mapToDouble(Moments::correlation).toArray();
    }

    /// How far the label's mean in each bin is from its mean over all bins, in the other blocks and groups.
    private static double[] elsewhere(double[][][] sum, double[][][] count, int block, int group) {
        double[] y = new double[BINS + 1];
        double[] n = new double[BINS + 1];
        for (int b = 0; b < sum.length; b++) {
            for (int g = 0; g < GROUPS; g++) {
                if (b != block && g != group) {
                    for (int bin = 0; bin <= BINS; bin++) {
                        y[bin] += sum[b][g][bin];
                        n[bin] += count[b][g][bin];
                    }
                }
            }
        }
        double mean = Arrays.stream(y).sum() / Math.max(1, Arrays.stream(n).sum());
        double[] difference = new double[BINS + 1];
        for (int bin = 0; bin <= BINS; bin++) {
            difference[bin] = (y[bin] + PRIOR_ROWS * mean) / (n[bin] + PRIOR_ROWS) - mean;
        }
        return difference;
    }

    /// First and second moments of two variables.
    private static final class Moments {
        private double n;
        private double x;
        private double y;
        private double xx;
        private double yy;
        private double xy;

        void add(double a, double b) {
            n++;
            x += a;
            y += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }

        /// Pearson's correlation; 0 when either does not vary.
        double correlation() {
            double varianceX = xx - x * x / n;
            double varianceY = yy - y * y / n;
            return n == 0 || varianceX <= 1e-12 || varianceY <= 1e-12
                    ? 0
                    : (xy - x * y / n) / Math.sqrt(varianceX * varianceY);
        }
    }
}
