package org.relata.features;

/// The rows features are computed for: which entity, what it may see, and when the question is asked.
///
/// The arrays are shared, not copied: treat them as read-only.
///
/// @param entity the `__row` of each row's entity in the entity table
/// @param cutoff for each row the time before which everything it reads is dated, in microseconds since the epoch
/// @param seed for each row the time the question is asked, in microseconds since the epoch; at or after the cut-off
@SuppressWarnings("ArrayRecordComponent") // columns of a table: millions of rows, never compared
public record EntityTimes(long[] entity, long[] cutoff, long[] seed) {
    /// Refuses arrays of different lengths.
    public EntityTimes {
        if (entity.length != cutoff.length || entity.length != seed.length) {
            throw new IllegalArgumentException("entity, cutoff and seed differ in length");
        }
    }

    /// How many rows there are.
    public int size() {
        return entity.length;
    }
}
