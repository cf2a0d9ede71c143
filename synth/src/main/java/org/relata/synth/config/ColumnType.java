package org.relata.synth.config;

/// What a feature column of a random schema may be.
public enum ColumnType implements Named {
    /// A real number.
    NUMERICAL("numerical"),
    /// A class.
    CATEGORICAL("categorical"),
    /// A whole number.
    INTEGER("integer"),
    /// A calendar day.
    DATE("date"),
    /// A few words on a topic.
    TEXT("text");

    private final String label;

    ColumnType(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
