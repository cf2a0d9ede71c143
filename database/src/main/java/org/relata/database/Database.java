package org.relata.database;

import java.util.List;

/// A relational database made ready to learn from: a [Schema], and its rows in an embedded DuckDB store.
///
/// ## Store layout
/// Each table is a DuckDB table of the same name in schema `main`. It has the source's columns under their own names,
/// and:
///
/// - `__row BIGINT`: 0, 1, 2, … in storage order. Tables with a time column are sorted by it (stable, null times last),
///   so the rows up to a time are a prefix.
/// - `__fk0`, `__fk1`, … `BIGINT`: for each foreign key, in the order of [Table#foreignKeys()], the `__row` of the
///   parent row; null when a key column is null or no parent has that key.
///
/// Timestamps are `TIMESTAMP` (UTC, microseconds). Joins in Relata use `__row` and `__fk…` only, so composite, text and
/// sparse keys cost the same as dense integers.
///
/// @param schema the tables, keys, kinds and time columns
/// @param store the open connection that holds the rows
/// @param issues what was found wrong in the data
/// @param inferences what was concluded rather than declared
public record Database(Schema schema, Duck store, List<DataIssue> issues, List<Inference> inferences)
        implements AutoCloseable {
    /// The name of the column that numbers the rows of a table.
    public static final String ROW = "__row";

    /// Copies the lists.
    public Database {
        issues = List.copyOf(issues);
        inferences = List.copyOf(inferences);
    }

    /// The name of the column that holds the parent's row number for a foreign key.
    ///
    /// @param index the position of the key in [Table#foreignKeys()]
    public static String foreignKeyColumn(int index) {
        return "__fk" + index;
    }

    /// How many rows a table has.
    public long rows(String table) {
        return store.count(
                "SELECT count(*) FROM " + Sql.id(schema.require(table).name()));
    }

    /// A text that changes when the schema or any value does, for provenance and for resuming; 64 hexadecimal digits.
    ///
    /// It reads every row once. The order of rows does not matter.
    public String fingerprint() {
        return Fingerprint.of(this);
    }

    @Override
    public void close() {
        store.close();
    }
}
