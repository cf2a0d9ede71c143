package org.relata.learn.model;

import java.util.Locale;

/// What a labelled node is for.
public enum Split {
    /// To learn from.
    TRAIN,
    /// To choose by.
    VALIDATION,
    /// To be judged by.
    TEST,
    /// For nothing.
    NONE;

    /// As a file calls it; what is not known is for nothing.
    static Split named(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "train" -> TRAIN;
            case "val", "valid", "validation" -> VALIDATION;
            case "test" -> TEST;
            default -> NONE; // text from a file
        };
    }

    /// In a table of results.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
