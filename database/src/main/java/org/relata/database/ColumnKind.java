package org.relata.database;

import java.util.Locale;

/// What the values of a column mean to a learner, as opposed to how they are stored.
///
/// Key columns have a kind too, but are never features: [Table#featureColumns()] leaves them out.
public enum ColumnKind {
    /// A quantity: sums and means make sense.
    NUMERIC,
    /// One of a limited set of values, as text or as a code number.
    CATEGORICAL,
    /// A set of categories a row, stored as a list of text.
    MULTI_CATEGORICAL,
    /// Free text.
    TEXT,
    /// A point in time, stored as a `TIMESTAMP` without zone (UTC), in microseconds.
    TIMESTAMP,
    /// True or false.
    BOOLEAN,
    /// A list of numbers of one length, such as an embedding.
    VECTOR;

    /// The name used in `database.yaml`, in kebab case.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
