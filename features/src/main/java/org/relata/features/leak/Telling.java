package org.relata.features.leak;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// How much a column gives away of some labels.
///
/// @param copied in what share of the rows it is the label itself; 0 when it misses the rarer labels
/// @param derived in what share of other entities' rows the label follows from it; 0 likewise
/// @param strength how well it orders the labels: AUROC (the worst class decides) or absolute rank correlation
record Telling(double copied, double derived, double strength) {
    /// What share of the rarer labels must be told, too.
    private static final double RARE = 0.95;

    /// For class labels; nothing when one class is too rare to tell.
    static Optional<Telling> ofClasses(
            LabelledColumn column, double[] labels, long[] entities, List<String> classes, int enough) {
        Map<Double, Integer> counts = new HashMap<>();
        Arrays.stream(labels).forEach(l -> counts.merge(l, 1, Integer::sum));
        Map.Entry<Double, Integer> most = counts.entrySet().stream()
                .max(Map.Entry.<Double, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow();
        double usual = most.getKey();
        if (labels.length - most.getValue() < enough) {
            return Optional.empty();
        }
        int[] codes = column.codes();
        Map<Integer, Written> written = new HashMap<>();
        boolean[] same = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            int label = (int) labels[i];
            String name = label < classes.size() ? classes.get(label) : Integer.toString(label);
            same[i] = column.numeric()
                    ? column.numbers()[i] == labels[i]
                            || written.computeIfAbsent(label, _ -> Written.of(name))
                                    .is(column.numbers()[i])
                    : column.texts()[i].equals(name);
        }
        double[] ranks = column.numeric() ? Association.ranks(column.numbers()) : new double[0];
        double strength = 1;
        double[] best = new double[labels.length];
        double[] guess = new double[labels.length];
        Arrays.fill(best, -1);
        for (double label : counts.keySet().stream().sorted().toList()) {
            double[] is = Arrays.stream(labels).map(l -> l == label ? 1 : 0).toArray();
            double[] fitted = Association.crossFitted(codes, is, entities);
            for (int i = 0; i < labels.length; i++) {
                if (fitted[i] > best[i]) {
                    best[i] = fitted[i];
                    guess[i] = label;
                }
            }
            if (counts.getOrDefault(label, 0) >= enough) {
                double auc = Association.areaUnderCurve(is, fitted);
                if (column.numeric()) {
                    double plain = Association.areaUnderCurveOfRanks(is, ranks);
                    auc = Math.max(auc, Math.max(plain, 1 - plain));
                }
                strength = Math.min(strength, auc);
            }
        }
        boolean[] right = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            right[i] = guess[i] == labels[i];
        }
        return Optional.of(new Telling(share(same, labels, usual), share(right, labels, usual), strength));
    }

    /// The numbers that a class's name is the text of: found once, instead of writing every number of a column as text.
    ///
    /// @param real the bits of the number whose text it is, as a number with a point
    /// @param whole the number whose text it is, as one without
    private record Written(OptionalLong real, OptionalLong whole) {
        static Written of(String name) {
            OptionalLong real = OptionalLong.empty();
            OptionalLong whole = OptionalLong.empty();
            try {
                double number = Double.parseDouble(name);
                if (Double.toString(number).equals(name) && !Double.isNaN(number)) {
                    real = OptionalLong.of(Double.doubleToLongBits(number));
                }
                long count = Long.parseLong(name);
                if (Long.toString(count).equals(name)) {
                    whole = OptionalLong.of(count);
                }
            } catch (NumberFormatException _) {
                // A name like most: no number.
            }
            return new Written(real, whole);
        }

        boolean is(double value) {
            return !Double.isNaN(value)
                    && (real.isPresent() && real.getAsLong() == Double.doubleToLongBits(value)
                            || whole.isPresent() && whole.getAsLong() == (long) value);
        }
    }

    /// For numbers; nothing when they hardly vary.
    static Optional<Telling> ofNumbers(LabelledColumn column, double[] labels, long[] entities) {
        double[] sorted = labels.clone();
        Arrays.sort(sorted);
        double usual = sorted[sorted.length / 2];
        long others = Arrays.stream(labels).filter(l -> l != usual).count();
        if (others < labels.length / 20 || Arrays.stream(sorted).distinct().count() < 5) {
            return Optional.empty();
        }
        double fitted = Association.rankCorrelation(Association.crossFitted(column.codes(), labels, entities), labels);
        if (!column.numeric()) {
            return Optional.of(new Telling(0, 0, Double.isNaN(fitted) ? 0 : fitted));
        }
        boolean[] same = new boolean[labels.length];
        boolean missing = false;
        for (int i = 0; i < labels.length; i++) {
            double value = column.numbers()[i];
            missing |= Double.isNaN(value);
            same[i] = Math.abs(value - labels[i]) <= 1e-6 * Math.max(1e-9, Math.abs(labels[i]));
        }
        double straight = missing ? 0 : Math.abs(Association.correlation(column.numbers(), labels));
        double ordered = Math.abs(Association.rankCorrelation(column.numbers(), labels));
        double strength = Math.max(Double.isNaN(fitted) ? 0 : fitted, Double.isNaN(ordered) ? 0 : ordered);
        return Optional.of(new Telling(share(same, labels, usual), straight >= 0.9999 ? straight : 0, strength));
    }

    /// The share of rows that hold, or 0 when fewer of the rows with an unusual label do.
    private static double share(boolean[] holds, double[] labels, double usual) {
        int all = 0;
        int rare = 0;
        int rareHolds = 0;
        for (int i = 0; i < holds.length; i++) {
            all += holds[i] ? 1 : 0;
            if (labels[i] != usual) {
                rare++;
                rareHolds += holds[i] ? 1 : 0;
            }
        }
        return rareHolds >= RARE * rare ? (double) all / holds.length : 0;
    }
}
