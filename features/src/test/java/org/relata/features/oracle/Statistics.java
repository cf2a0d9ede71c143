package org.relata.features.oracle;

import java.util.List;
import java.util.TreeMap;
import org.relata.features.plan.Aggregation;

/// Aggregates as a textbook has them, over values that are there.
final class Statistics {
    private Statistics() {}

    static double of(Aggregation aggregation, List<Double> values) {
        int n = values.size();
        return switch (aggregation) {
            case COUNT -> n;
            case DISTINCT -> values.stream().distinct().count();
            case SUM -> n == 0 ? Double.NaN : sum(values);
            case MEAN -> n == 0 ? Double.NaN : sum(values) / n;
            case MIN -> values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
            case MAX -> values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
            case DEVIATION -> n < 2 ? Double.NaN : Math.sqrt(moment(values, 2) / (n - 1));
            case SKEWNESS -> {
                double variance = moment(values, 2) / n;
                yield n < 3 || variance == 0
                        ? Double.NaN
                        : Math.sqrt((double) n * (n - 1)) / (n - 2) * moment(values, 3) / n / Math.pow(variance, 1.5);
            }
            case MODE -> mode(values);
            case LAST -> n == 0 ? Double.NaN : values.getLast();
            case VALUE, SHARE, TREND, SINCE_FIRST, SINCE_LAST, STALENESS, SEED_MONTH, SEED_WEEKDAY, SEED_HOUR ->
                throw new IllegalArgumentException("not of values alone: " + aggregation);
        };
    }

    static double sum(List<Double> values) {
        return values.stream().mapToDouble(v -> v).sum();
    }

    private static double moment(List<Double> values, int power) {
        double mean = sum(values) / values.size();
        // Equal values have no spread, whatever the rounding of their mean.
        return values.stream().distinct().count() == 1
                ? 0
                : values.stream().mapToDouble(v -> Math.pow(v - mean, power)).sum();
    }

    /// The most frequent value, the smallest of equally frequent ones.
    private static double mode(List<Double> values) {
        TreeMap<Double, Integer> counts = new TreeMap<>();
        values.forEach(v -> counts.merge(v, 1, Integer::sum));
        double best = Double.NaN;
        int most = 0;
        for (var entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        return best;
    }

    /// The slope of the least-squares line of `y` over `x`; not a number when `x` does not vary.
    static double slope(List<Double> x, List<Double> y) {
        if (x.stream().distinct().count() < 2) {
            return Double.NaN;
        }
        double meanX = sum(x) / x.size();
        double meanY = sum(y) / y.size();
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < x.size(); i++) {
            xy += (x.get(i) - meanX) * (y.get(i) - meanY);
            xx += (x.get(i) - meanX) * (x.get(i) - meanX);
        }
        return xy / xx;
    }
}
