package org.relata.database.task;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The rows of one split of a label table, as parallel arrays sorted by seed time, then entity.
///
/// The arrays are not copied; whoever holds the rows treats them as read-only.
///
/// @param entity the `__row` of each row's entity in the entity table
/// @param seed each row's seed time, in microseconds since 1970-01-01T00:00:00 UTC
/// @param label each row's label: 0 or 1, a class number, or a value; never NaN; empty when labels are not known
@SuppressWarnings("ArrayRecordComponent") // columns of a table: millions of rows, never compared
public record TaskRows(long[] entity, long[] seed, double[] label) {
    /// Refuses arrays of different lengths.
    public TaskRows {
        if (entity.length != seed.length || (label.length != 0 && label.length != seed.length)) {
            throw new IllegalArgumentException("entity, seed and label differ in length");
        }
    }

    /// A time as seed times are kept: microseconds since 1970-01-01T00:00:00 UTC.
    public static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
    }

    /// The time that [#micros(LocalDateTime)] gave that number.
    public static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(micros, ChronoUnit.MICROS);
    }

    /// How many rows there are.
    public int size() {
        return entity.length;
    }

    /// Whether the labels are known.
    public boolean labelled() {
        return label.length == entity.length && label.length > 0;
    }
}
