package org.relata.learn.tabular;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relata.database.RelataException;

/// A rising map from the probability a model gives for class 1 to the one that came true, learned from validation rows.
///
/// It changes no ranking. It is applied only where someone asks for it.
public sealed interface Calibrator {
    /// The corrected probability.
    double apply(double probability);

    /// The correction as numbers by name, fit for JSON; [#fromMap(Map)] reads it.
    Map<String, Object> toMap();

    /// Predictions with corrected probabilities, as a copy.
    ///
    /// @param predictions `[rows][1]`
    default double[][] apply(double[][] predictions) {
        return Arrays.stream(predictions)
                .map(row -> new double[] {apply(row[0])})
                .toArray(double[][]::new);
    }

    /// Reads what [#toMap()] gave.
    static Calibrator fromMap(Map<String, ?> map) {
        try {
            if ("platt".equals(map.get("kind"))) {
                return new Platt(number(map, "slope"), number(map, "intercept"));
            }
            if ("isotonic".equals(map.get("kind"))) {
                return new Isotonic(numbers(map, "at"), numbers(map, "value"));
            }
        } catch (ClassCastException | IllegalArgumentException e) {
            throw wrong(map).causedBy(e);
        }
        throw wrong(map);
    }

    private static double number(Map<String, ?> map, String name) {
        return map.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    private static List<Double> numbers(Map<String, ?> map, String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().map(v -> ((Number) v).doubleValue()).toList()
                : List.of();
    }

    private static RelataException wrong(Map<String, ?> map) {
        return RelataException.usage("model.damaged", "calibration", map + " is none", "fit the model again");
    }

    /// A straight line in log-odds.
    ///
    /// @param slope its slope, not negative
    /// @param intercept its intercept
    record Platt(double slope, double intercept) implements Calibrator {
        /// Refuses what is not a rising line.
        public Platt {
            if (!(slope >= 0) || !Double.isFinite(intercept)) {
                throw new IllegalArgumentException("slope " + slope + ", intercept " + intercept);
            }
        }

        @Override
        public double apply(double probability) {
            return LinearLoss.sigmoid(slope * logOdds(probability) + intercept);
        }

        @Override
        public Map<String, Object> toMap() {
            return Map.of("kind", "platt", "slope", slope, "intercept", intercept);
        }

        private static double logOdds(double probability) {
            double inside = Math.clamp(probability, 1e-12, 1 - 1e-12);
            return Math.log(inside / (1 - inside));
        }

        /// Fits by maximum likelihood, with labels smoothed by one pseudo-row of each class so that separable rows stay
        /// finite.
        ///
        /// @param labels 0 or 1 a row
        /// @param predictions `[rows][1]`
        public static Platt fit(double[] labels, double[][] predictions) {
            double positives = Arrays.stream(labels).sum();
            double high = (positives + 1) / (positives + 2);
            double low = 1 / (labels.length - positives + 2);
            double[] odds = Arrays.stream(predictions)
                    .mapToDouble(row -> logOdds(row[0]))
                    .toArray();
            double[] line = {1, 0};
            Lbfgs.minimise(
                    (point, gradient) -> {
                        double loss = 0;
                        Arrays.fill(gradient, 0);
                        for (int i = 0; i < labels.length; i++) {
                            double wanted = labels[i] == 1 ? high : low;
                            double score = point[0] * odds[i] + point[1];
                            double slopeOfLoss = (LinearLoss.sigmoid(score) - wanted) / labels.length;
                            loss += (LinearLoss.softplus(score) - wanted * score) / labels.length;
                            gradient[0] += slopeOfLoss * odds[i];
                            gradient[1] += slopeOfLoss;
                        }
                        return loss;
                    },
                    line,
                    200,
                    1e-10);
            return new Platt(Math.max(0, line[0]), line[1]);
        }
    }

    /// The best rising step function, drawn with straight lines between the middles of its steps.
    ///
    /// @param at probabilities, rising
    /// @param value what they become, not falling
    record Isotonic(List<Double> at, List<Double> value) implements Calibrator {
        /// Refuses lists that do not match or are empty.
        public Isotonic {
            at = List.copyOf(at);
            value = List.copyOf(value);
            if (at.isEmpty() || at.size() != value.size()) {
                throw new IllegalArgumentException(at.size() + " points, " + value.size() + " values");
            }
        }

        @Override
        public double apply(double probability) {
            int found = Collections.binarySearch(at, probability);
            int above = found >= 0 ? found : -found - 1;
            if (above == 0) {
                return value.getFirst();
            }
            if (above == at.size()) {
                return value.getLast();
            }
            double from = at.get(above - 1);
            double share = (probability - from) / (at.get(above) - from);
            return value.get(above - 1) + share * (value.get(above) - value.get(above - 1));
        }

        @Override
        public Map<String, Object> toMap() {
            return Map.of("kind", "isotonic", "at", at, "value", value);
        }

        /// Fits by pooling adjacent violators.
        ///
        /// @param labels 0 or 1 a row
        /// @param predictions `[rows][1]`
        public static Isotonic fit(double[] labels, double[][] predictions) {
            int[] order = IntStream.range(0, labels.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> predictions[i][0]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            // Pools as rows, sum of probabilities, sum of labels; equal probabilities start in one pool.
            double[][] pools = new double[labels.length][];
            int count = 0;
            for (int i = 0; i < order.length; ) {
                double[] pool = new double[3];
                double probability = predictions[order[i]][0];
                for (; i < order.length && predictions[order[i]][0] == probability; i++) {
                    pool[0]++;
                    pool[1] += probability;
                    pool[2] += labels[order[i]];
                }
                pools[count++] = pool;
                while (count > 1 && mean(pools[count - 2]) >= mean(pools[count - 1])) {
                    double[] last = pools[--count];
                    for (int k = 0; k < 3; k++) {
                        pools[count - 1][k] += last[k];
                    }
                }
            }
            List<double[]> kept = Arrays.asList(pools).subList(0, count);
            return new Isotonic(
                    kept.stream().map(p -> p[1] / p[0]).toList(),
                    kept.stream().map(Isotonic::mean).toList());
        }

        private static double mean(double[] pool) {
            return pool[2] / pool[0];
        }
    }
}
