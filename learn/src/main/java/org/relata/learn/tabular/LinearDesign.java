package org.relata.learn.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;

/// The columns of a linear model and their values for some rows, within bounds on both.
///
/// @param columns what the columns compute
/// @param values for each column its values for the chosen rows
/// @param rows the chosen rows of the matrix, ascending
@SuppressWarnings("ArrayRecordComponent")
record LinearDesign(List<LinearColumn> columns, float[][] values, int[] rows) {
    private static final int STATISTICS_ROWS = 100_000;
    private static final int MOST_LEVELS = 30;

    /// Learns columns from training rows and fills them.
    static LinearDesign learn(FeatureMatrix x, double[] y, Target target, LinearSettings settings, long seed) {
        int[] sample = sample(x.rows(), STATISTICS_ROWS, seed);
        List<LinearColumn> columns = new ArrayList<>();
        for (int f = 0; f < x.width(); f++) {
            float[] values = x.column(f);
            if (x.features().get(f).type() == Feature.Type.CATEGORICAL) {
                levels(f, values, x.categories(f).size(), sample, columns);
            } else {
                numeric(f, values, sample, columns);
            }
        }
        if (columns.size() > settings.maxColumns()) {
            columns = mostCorrelated(x, y, target, sample, columns, settings.maxColumns());
        }
        long affordable = Math.max(2, settings.maxValues() / Math.max(1, columns.size()));
        int[] rows = sample(x.rows(), (int) Math.min(affordable, x.rows()), seed + 1);
        return new LinearDesign(columns, encode(columns, x, rows), rows);
    }

    static float[][] encode(List<LinearColumn> columns, FeatureMatrix x, int[] rows) {
        float[][] out = new float[columns.size()][rows.length];
        for (int j = 0; j < out.length; j++) {
            LinearColumn column = columns.get(j);
            float[] values = x.column(column.feature());
            for (int i = 0; i < rows.length; i++) {
                out[j][i] = (float) column.encode(values[rows[i]]);
            }
        }
        return out;
    }

    private static void numeric(int feature, float[] values, int[] sample, List<LinearColumn> columns) {
        double[] finite = new double[sample.length];
        int count = 0;
        for (int row : sample) {
            if (Float.isFinite(values[row])) {
                finite[count++] = values[row];
            }
        }
        finite = Arrays.copyOf(finite, count);
        Arrays.sort(finite);
        if (count > 0) {
            LinearColumn value = LinearColumn.unscaled(
                    feature, LinearColumn.Kind.VALUE, 0, Quantiles.ofSorted(finite, 0.5), Spread.of(finite));
            addIfItVaries(value, values, sample, columns);
        }
        addIfItVaries(LinearColumn.unscaled(feature, LinearColumn.Kind.MISSING, 0, 0, 1), values, sample, columns);
    }

    private static void levels(int feature, float[] values, int categories, int[] sample, List<LinearColumn> columns) {
        int[] counts = new int[categories];
        for (int row : sample) {
            int code = (int) values[row];
            if (values[row] == code && code >= 0 && code < categories) {
                counts[code]++;
            }
        }
        IntStream.range(0, categories)
                .boxed()
                .filter(code -> counts[code] > 0)
                .sorted(Comparator.comparing((Integer code) -> -counts[code]).thenComparing(code -> code))
                .limit(MOST_LEVELS)
                .forEach(code -> addIfItVaries(
                        LinearColumn.unscaled(feature, LinearColumn.Kind.LEVEL, code, 0, 1), values, sample, columns));
        addIfItVaries(LinearColumn.unscaled(feature, LinearColumn.Kind.MISSING, 0, 0, 1), values, sample, columns);
    }

    private static void addIfItVaries(LinearColumn column, float[] values, int[] sample, List<LinearColumn> columns) {
        double sum = 0;
        int count = 0;
        for (int row : sample) {
            double plain = column.plain(values[row]);
            if (!Double.isNaN(plain)) {
                sum += plain;
                count++;
            }
        }
        double mean = sum / Math.max(1, count);
        double squares = 0;
        for (int row : sample) {
            double plain = column.plain(values[row]);
            squares += Double.isNaN(plain) ? 0 : (plain - mean) * (plain - mean);
        }
        // Over all rows, also those that count as the mean, so that a column of few values is not blown up.
        double deviation = Math.sqrt(squares / sample.length);
        if (deviation > 1e-6) {
            columns.add(column.standardised(mean, deviation));
        }
    }

    private static List<LinearColumn> mostCorrelated(
            FeatureMatrix x, double[] y, Target target, int[] sample, List<LinearColumn> columns, int wanted) {
        int outputs = target.outputs();
        double[] strength = new double[columns.size()];
        for (int j = 0; j < strength.length; j++) {
            LinearColumn column = columns.get(j);
            float[] values = x.column(column.feature());
            for (int c = 0; c < outputs; c++) {
                double products = 0;
                double labelSum = 0;
                double labelSquares = 0;
                for (int row : sample) {
                    double label = outputs == 1 ? y[row] : y[row] == c ? 1 : 0;
                    products += label * column.encode(values[row]);
                    labelSum += label;
                    labelSquares += label * label;
                }
                double variance = labelSquares - labelSum * labelSum / sample.length;
                strength[j] = Math.max(strength[j], variance > 0 ? Math.abs(products) / Math.sqrt(variance) : 0);
            }
        }
        return IntStream.range(0, strength.length)
                .boxed()
                .sorted(Comparator.comparing((Integer j) -> -strength[j]).thenComparing(j -> j))
                .limit(wanted)
                .sorted()
                .map(columns::get)
                .toList();
    }

    private static int[] sample(int rows, int wanted, long seed) {
        return Sampling.ascending(rows, Math.min(rows, wanted), new SplittableRandom(seed));
    }
}
