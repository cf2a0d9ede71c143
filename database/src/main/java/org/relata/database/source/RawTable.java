package org.relata.database.source;

import java.util.List;
import org.relata.database.infer.Attribute;

/// A table as it was copied from the source.
///
/// @param name its name
/// @param from the quoted DuckDB table that holds it
/// @param attributes its columns
/// @param rows how many rows it has
/// @param declared what the source says about it
/// @param typed whether the source has types of its own, so that numbers held as text are meant as text
/// @param hidden columns that only match links and are no columns of the table
record RawTable(
        String name,
        String from,
        List<Attribute> attributes,
        long rows,
        Declared declared,
        boolean typed,
        List<String> hidden) {
    RawTable(String name, String from, List<Attribute> attributes, long rows, Declared declared, boolean typed) {
        this(name, from, attributes, rows, declared, typed, List.of());
    }
}
