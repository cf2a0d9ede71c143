package org.relata.database.config;

import java.util.List;

/// The codes of everything that can be found wrong in the data, as `tolerate` and `fatal` of `database.yaml` name them.
public final class IssueCodes {
    /// A row of a text file has too few or too many values. Fatal; tolerated, the row is set aside.
    public static final String RAGGED = "csv.ragged";
    /// Values that are not of the type of nearly all others in the column. Tolerated: they become null.
    public static final String MIXED = "type.mixed";
    /// Texts that are no date in a column of dates. Tolerated: they become null.
    public static final String UNPARSABLE_TIME = "time.unparsable";
    /// Rows of a dated table without a time. Tolerated: they are kept last and never seen by a forecast.
    public static final String NULL_TIME = "time.null";
    /// A table that looks like events but has no column to date them.
    public static final String NO_TIME = "time.missing";
    /// Rows that share their primary key. Fatal; tolerated, the first row of each key is kept.
    public static final String DUPLICATE_KEY = "key.duplicate";
    /// Rows without a primary key. Fatal; tolerated, they are set aside.
    public static final String NULL_KEY = "key.null";
    /// Foreign keys that no row of the parent has. Tolerated: such a row has no parent.
    public static final String DANGLING_KEY = "key.dangling";
    /// Foreign keys to a row that is dated after the row that refers to it. Tolerated.
    public static final String FUTURE_KEY = "key.future";
    /// A declared link that has no primary key to point to, and is therefore left out.
    public static final String UNUSABLE_KEY = "key.unusable";
    /// A table without rows. Tolerated.
    public static final String EMPTY_TABLE = "table.empty";
    /// A column without a value. It is dropped.
    public static final String NULL_COLUMN = "column.null";
    /// A column without a name, such as the row numbers some tools write. It is dropped.
    public static final String UNNAMED_COLUMN = "column.unnamed";
    /// A column of bytes. It is dropped.
    public static final String BINARY_COLUMN = "column.binary";

    /// Every code.
    public static final List<String> ALL = List.of(
            RAGGED,
            MIXED,
            UNPARSABLE_TIME,
            NULL_TIME,
            NO_TIME,
            DUPLICATE_KEY,
            NULL_KEY,
            DANGLING_KEY,
            FUTURE_KEY,
            UNUSABLE_KEY,
            EMPTY_TABLE,
            NULL_COLUMN,
            UNNAMED_COLUMN,
            BINARY_COLUMN);

    private IssueCodes() {}
}
