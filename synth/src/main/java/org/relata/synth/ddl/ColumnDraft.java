package org.relata.synth.ddl;

/// A column while the file is read.
///
/// @param name its name
/// @param type its type
/// @param notNull whether it says that every row has a value
record ColumnDraft(Token name, SqlType type, boolean notNull) {
    ColumnDraft required() {
        return new ColumnDraft(name, type, true);
    }
}
