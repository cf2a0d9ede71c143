package org.relata.database.task;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

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

    /// The rows of two splits in one list, those of the first before those of the second.
    public static TaskRows concatenate(TaskRows first, TaskRows second) {
        int size = first.size() + second.size();
        long[] entity = Arrays.copyOf(first.entity, size);
        long[] seed = Arrays.copyOf(first.seed, size);
        System.arraycopy(second.entity, 0, entity, first.size(), second.size());
        System.arraycopy(second.seed, 0, seed, first.size(), second.size());
        if (first.label.length != first.size() || second.label.length != second.size()) {
            return new TaskRows(entity, seed, new double[0]);
        }
        double[] label = Arrays.copyOf(first.label, size);
        System.arraycopy(second.label, 0, label, first.size(), second.size());
        return new TaskRows(entity, seed, label);
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
