package org.relata.database.task;

import java.util.Locale;

/// What a label is.
public enum TaskType {
    /// Yes or no; labels are 0 and 1, predictions the probability of 1.
    BINARY_CLASSIFICATION,
    /// One of several classes; labels are 0 … C-1, predictions C probabilities.
    MULTICLASS_CLASSIFICATION,
    /// A number.
    REGRESSION;

    /// The name in task files and results, in snake case, as RelBench writes it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
