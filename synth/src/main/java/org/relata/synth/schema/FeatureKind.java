package org.relata.synth.schema;

/// What the values of a generated feature column are.
public enum FeatureKind {
    /// A real number.
    NUMERIC,
    /// A whole number.
    INTEGER,
    /// True or false.
    BOOLEAN,
    /// One of a limited set of labels.
    CATEGORICAL,
    /// A calendar day that is not the table's time.
    DATE,
    /// A few words.
    TEXT
}
