package org.relata.learn.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relata.database.task.TaskType;

/// How many rows each class has in a split, and what to think of it.
///
/// @param split the name of the split
/// @param classes the class names
/// @param counts rows by class
/// @param warnings one sentence each; empty when nothing is odd
public record ClassBalance(String split, List<String> classes, List<Integer> counts, List<String> warnings) {
    private static final double RARE = 0.01;
    private static final int FEW = 20;

    /// Copies the lists.
    public ClassBalance {
        classes = List.copyOf(classes);
        counts = List.copyOf(counts);
        warnings = List.copyOf(warnings);
    }

    /// Counts the classes of a split.
    ///
    /// @param split its name
    /// @param labels one a row
    /// @param target what the labels are; regression has no classes and no warnings
    public static ClassBalance of(String split, double[] labels, Target target) {
        if (target.type() == TaskType.REGRESSION) {
            return new ClassBalance(split, List.of(), List.of(), List.of());
        }
        int size = size(target);
        int[] counts = new int[size];
        for (double label : labels) {
            counts[(int) label]++;
        }
        List<String> names = new ArrayList<>();
        List<Integer> byClass = new ArrayList<>();
        for (int c = 0; c < size; c++) {
            names.add(c < target.classes().size() ? target.classes().get(c) : Integer.toString(c));
            byClass.add(counts[c]);
        }
        return new ClassBalance(split, names, byClass, warnings(split, names, counts, labels.length, target.type()));
    }

    private static List<String> warnings(String split, List<String> names, int[] counts, int rows, TaskType type) {
        List<String> warnings = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            if (rows > 0 && counts[c] == rows) {
                warnings.add("every one of the " + rows + " " + split + " rows is " + names.get(c)
                        + ": ranking metrics such as ROC AUC are undefined there");
                return warnings;
            }
        }
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0 && type == TaskType.MULTICLASS_CLASSIFICATION) {
                warnings.add("no " + split + " row is " + names.get(c));
            } else if (counts[c] < RARE * rows) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "only %d of %d %s rows (%.2f %%) are %s: prefer average precision to ROC AUC, and mistrust small gains",
                        counts[c],
                        rows,
                        split,
                        100.0 * counts[c] / rows,
                        names.get(c)));
            } else if (counts[c] < FEW) {
                warnings.add(
                        "only " + counts[c] + " " + split + " rows are " + names.get(c) + ": expect wide intervals");
            }
        }
        return warnings;
    }

    private static int size(Target target) {
        return target.type() == TaskType.BINARY_CLASSIFICATION
                ? 2
                : target.classes().size();
    }

    /// How many rows there are of the most frequent class for each of the rarest that occurs; 1 when there is no class.
    public double ratio() {
        int most = counts.stream().mapToInt(Integer::intValue).max().orElse(1);
        int least = counts.stream()
                .mapToInt(Integer::intValue)
                .filter(n -> n > 0)
                .min()
                .orElse(1);
        return (double) most / Math.max(1, least);
    }

    /// A good strength for [#byClass]: none up to 3 to 1, then half. Full balance makes probabilities useless and
    /// rarely ranks better.
    public double suggestedStrength() {
        return ratio() <= 3 ? 0 : 0.5;
    }

    /// Weights that lift rare classes; over the rows counted here their mean is 1.
    ///
    /// @param strength 0 for equal weights, 1 for classes of equal total weight, between them a power of that
    /// @return one weight a class, 0 for a class without rows
    public double[] byClass(double strength) {
        double[] weights = new double[counts.size()];
        double total = 0;
        for (int c = 0; c < weights.length; c++) {
            weights[c] = counts.get(c) == 0 ? 0 : Math.pow(1.0 / counts.get(c), strength);
            total += weights[c] * counts.get(c);
        }
        double rows = counts.stream().mapToInt(Integer::intValue).sum();
        for (int c = 0; c < weights.length; c++) {
            weights[c] *= rows / total;
        }
        return weights;
    }
}
