package org.relata.features.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a random database, with its parents as references rather than numbers.
///
/// Compared by identity: two rows may hold the same values.
public final class Row {
    /// When the row came to be known, in microseconds since the epoch; null in static tables and for unknown times.
    final @Nullable Long time;

    /// The values of the feature columns, by the position of the column in its table; null for keys and missing values.
    final @Nullable Object[] values;

    /// The parent by foreign key; null where there is none.
    final @Nullable Row[] parents;

    Row(@Nullable Long time, @Nullable Object[] values, @Nullable Row[] parents) {
        this.time = time;
        this.values = values;
        this.parents = parents;
    }

    /// Whether the row is dated before a moment; rows without a time in timed tables never are.
    public boolean before(long cutoff) {
        return time != null && time < cutoff;
    }

    /// The rows in the order of the store: by time, unknown times last, otherwise as they came.
    static List<Row> inStorageOrder(List<Row> rows) {
        return rows.stream()
                .sorted((a, b) -> {
                    if (a.time == null || b.time == null) {
                        return Boolean.compare(a.time == null, b.time == null);
                    }
                    return Long.compare(a.time, b.time);
                })
                .toList();
    }
}
