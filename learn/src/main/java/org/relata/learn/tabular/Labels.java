package org.relata.learn.tabular;

import java.util.Arrays;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;

/// What every model checks before it learns from labels.
final class Labels {
    private Labels() {}

    /// @throws RelataException when there are fewer than two rows, no two different labels, a label that is not a
    /// finite
    ///     number, or one that is no class; or when weights do not match
    static void check(int rows, int width, double[] y, double[] weight, Target target) {
        if (y.length != rows) {
            throw new IllegalArgumentException(rows + " rows but " + y.length + " labels");
        }
        if (weight.length != 0 && weight.length != rows) {
            throw new IllegalArgumentException(rows + " rows but " + weight.length + " weights");
        }
        if (rows < 2) {
            throw RelataException.usage(
                    "rows.few",
                    "training rows",
                    rows == 1 ? "there is only one" : "there are none",
                    "check the task's split times and label query");
        }
        if (width == 0) {
            throw RelataException.usage("features.none", "features", "there are none", "raise the depth or the budget");
        }
        checkValues(y, target);
        if (Arrays.stream(y).allMatch(v -> v == y[0])) {
            String label = target.type() != TaskType.REGRESSION
                            && (int) y[0] < target.classes().size()
                    ? target.classes().get((int) y[0])
                    : Double.toString(y[0]);
            throw RelataException.usage(
                    "labels.constant",
                    "training rows",
                    "all " + rows + " labels are " + label + ", so there is nothing to learn",
                    "check the label query, or widen the training time");
        }
        for (double w : weight) {
            if (!(w >= 0) || Double.isInfinite(w)) {
                throw RelataException.usage("weights", "training rows", "a weight is " + w, "give numbers from 0 up");
            }
        }
    }

    private static void checkValues(double[] y, Target target) {
        int classes = switch (target.type()) {
            case BINARY_CLASSIFICATION -> 2;
            case MULTICLASS_CLASSIFICATION -> target.classes().size();
            case REGRESSION -> 0;
        };
        for (double label : y) {
            boolean fits =
                    classes == 0 ? Double.isFinite(label) : label >= 0 && label < classes && label == Math.rint(label);
            if (!fits) {
                throw RelataException.usage(
                        "labels.value",
                        "training rows",
                        "a label is " + label,
                        classes == 0 ? "labels must be finite numbers" : "labels must be 0 to " + (classes - 1));
            }
        }
    }
}
