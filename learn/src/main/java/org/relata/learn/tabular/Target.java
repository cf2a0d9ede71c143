package org.relata.learn.tabular;

import java.util.List;
import org.relata.database.task.TaskType;

/// What a model is asked to learn.
///
/// @param type what a label is
/// @param classes the class names by label, empty for regression
public record Target(TaskType type, List<String> classes) {
    /// Copies the classes.
    public Target {
        classes = List.copyOf(classes);
    }

    /// How many numbers a prediction has: 1 for regression and binary, C for C classes.
    public int outputs() {
        return switch (type) {
            case BINARY_CLASSIFICATION, REGRESSION -> 1;
            case MULTICLASS_CLASSIFICATION -> classes.size();
        };
    }
}
