package org.relata.learn.tabular;

import java.util.Locale;
import org.relata.database.task.TaskType;

/// The loss that boosting descends.
public enum Objective {
    /// Log loss of a yes-or-no label.
    BINARY("binary"),
    /// Softmax log loss of one of several classes.
    MULTICLASS("multiclass"),
    /// Squared error; predicts means.
    SQUARED_ERROR("regression"),
    /// Absolute error; predicts medians.
    ABSOLUTE_ERROR("regression_l1"),
    /// Squared near zero, absolute beyond [BoosterSettings#huberDelta()].
    HUBER("huber");

    private final String lightGbmName;

    Objective(String lightGbmName) {
        this.lightGbmName = lightGbmName;
    }

    /// LightGBM's name for it.
    String lightGbmName() {
        return lightGbmName;
    }

    /// The name in files and journals.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it fits a kind of label.
    public boolean fits(TaskType type) {
        return switch (this) {
            case BINARY -> type == TaskType.BINARY_CLASSIFICATION;
            case MULTICLASS -> type == TaskType.MULTICLASS_CLASSIFICATION;
            case SQUARED_ERROR, ABSOLUTE_ERROR, HUBER -> type == TaskType.REGRESSION;
        };
    }

    /// The usual one for a kind of label; for regression the absolute error, as tasks are scored by it.
    public static Objective standard(TaskType type) {
        return switch (type) {
            case BINARY_CLASSIFICATION -> BINARY;
            case MULTICLASS_CLASSIFICATION -> MULTICLASS;
            case REGRESSION -> ABSOLUTE_ERROR;
        };
    }
}
