package org.relata.learn.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;

/// Sums up contributions by feature.
final class Importances {
    private Importances() {}

    /// The features by mean absolute contribution, largest first; those that never moved a prediction are left out.
    static List<Importance> of(FeatureMatrix x, double[][] contributions) {
        double[] mean = new double[x.width()];
        for (double[] row : contributions) {
            for (int f = 0; f < mean.length; f++) {
                mean[f] += Math.abs(row[f]) / contributions.length;
            }
        }
        double sum = Arrays.stream(mean).sum();
        List<Importance> importances = new ArrayList<>();
        for (int f = 0; f < mean.length; f++) {
            if (mean[f] > 0) {
                Feature feature = x.features().get(f);
                double direction = feature.type() == Feature.Type.NUMERIC
                        ? rankCorrelation(x.column(f), contributions, f)
                        : Double.NaN;
                importances.add(new Importance(feature, mean[f], mean[f] / sum, direction));
            }
        }
        importances.sort(Comparator.comparingDouble(Importance::meanAbsoluteContribution)
                .reversed()
                .thenComparing(i -> i.feature().name()));
        return importances;
    }

    private static double rankCorrelation(float[] values, double[][] contributions, int feature) {
        int[] known = java.util.stream.IntStream.range(0, values.length)
                .filter(i -> !Float.isNaN(values[i]))
                .toArray();
        double[] a = ranks(Arrays.stream(known).mapToDouble(i -> values[i]).toArray());
        double[] b = ranks(
                Arrays.stream(known).mapToDouble(i -> contributions[i][feature]).toArray());
        double n = known.length;
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double covariance = 0;
        double varianceA = 0;
        double varianceB = 0;
        for (int i = 0; i < n; i++) {
            covariance += (a[i] - meanA) * (b[i] - meanB);
            varianceA += (a[i] - meanA) * (a[i] - meanA);
            varianceB += (b[i] - meanB) * (b[i] - meanB);
        }
        return varianceA > 0 && varianceB > 0 ? covariance / Math.sqrt(varianceA * varianceB) : Double.NaN;
    }

    /// Average ranks, so that ties pull in no direction.
    private static double[] ranks(double[] values) {
        Integer[] order =
                java.util.stream.IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        for (int i = 0; i < order.length; ) {
            int j = i;
            while (j < order.length && values[order[j]] == values[order[i]]) {
                j++;
            }
            for (int k = i; k < j; k++) {
                ranks[order[k]] = (i + j - 1) / 2.0;
            }
            i = j;
        }
        return ranks;
    }
}
