package org.relata.synth.ddl;

import java.util.List;

/// A foreign key while the file is read.
///
/// @param columns the referencing columns
/// @param target the table it refers to
/// @param targetColumns the columns it refers to; empty when it means the primary key
record LinkDraft(List<Token> columns, QualifiedName target, List<Token> targetColumns) {
    LinkDraft {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
    }
}
