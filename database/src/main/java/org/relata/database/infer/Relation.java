package org.relata.database.infer;

import java.util.List;
import java.util.Optional;

/// A table as it is looked at before the store is written.
///
/// @param name the table's name
/// @param from where its rows are: a quoted DuckDB table under the alias `r`, with a `rowid` from 0 in source order
/// @param attributes its columns
/// @param rows how many rows it has
public record Relation(String name, String from, List<Attribute> attributes, long rows) {
    /// Copies the attributes.
    public Relation {
        attributes = List.copyOf(attributes);
    }

    /// The attribute of that name, if there is one.
    public Optional<Attribute> attribute(String attribute) {
        return attributes.stream().filter(a -> a.name().equals(attribute)).findFirst();
    }

    /// The attribute of that name, which must exist.
    public Attribute require(String attribute) {
        return attribute(attribute)
                .orElseThrow(() -> new IllegalArgumentException("table " + name + " has no column " + attribute));
    }
}
