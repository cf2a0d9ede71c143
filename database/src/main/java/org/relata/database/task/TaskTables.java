package org.relata.database.task;

import java.util.List;

/// The label tables of a task.
///
/// @param train rows to fit on
/// @param validation rows to choose on
/// @param test rows to report on; whoever trains must not read their labels
/// @param classes the class names in label order: two for binary tasks (`0`, `1` unless the label was text), C for
///     multi-class, none for regression
public record TaskTables(TaskRows train, TaskRows validation, TaskRows test, List<String> classes) {
    /// Copies the classes.
    public TaskTables {
        classes = List.copyOf(classes);
    }

    /// The rows of a split.
    public TaskRows of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
