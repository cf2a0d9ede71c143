package org.relata.sql.write;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.algebra.kernel.Kernel;

/// Where a scanned relation stands in a database.
///
/// @param from its name as it is written after FROM
/// @param alias what it is called in a query; not quoted
/// @param keys the columns of the key attributes, in order, as they are written
/// @param values the columns of the elements of the value, last axis fastest, as they are written; a number stands for
///     itself
/// @param rowKey indices of the key attributes that determine a row of `from`; two scans of one `from` that agree in
/// them
///     read the same row
/// @param condition over the columns of `read`, as scalar arguments 0, 1, …: rows where it is 0 are left out
/// @param read the columns that the condition reads, as they are written
public record Stored(
        String from,
        String alias,
        List<String> keys,
        List<String> values,
        List<Integer> rowKey,
        Optional<Kernel> condition,
        List<String> read) {
    /// Copies.
    public Stored {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
        rowKey = List.copyOf(rowKey);
        read = List.copyOf(read);
    }

    /// A relation whose rows are all read and determined by the whole key.
    public Stored(String from, String alias, List<String> keys, List<String> values) {
        this(from, alias, keys, values, IntStream.range(0, keys.size()).boxed().toList(), Optional.empty(), List.of());
    }
}
