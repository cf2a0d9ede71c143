package org.relata.database.task;

import java.util.Locale;

/// Which part of the label table a row belongs to.
public enum Split {
    /// Seeds before validation; models are fitted on them.
    TRAIN("train"),
    /// Seeds from V on; models are chosen on them.
    VALIDATION("val"),
    /// Seeds from T on; read once, at the end.
    TEST("test");

    private final String label;

    Split(String label) {
        this.label = label;
    }

    /// The name in files and results: `train`, `val`, `test`.
    public String label() {
        return label.toLowerCase(Locale.ROOT);
    }
}
