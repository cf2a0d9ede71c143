package org.relata.database.source;

import org.relata.database.ColumnKind;
import org.relata.database.RelataException;
import org.relata.database.infer.Attribute;

/// Refuses kinds that a column of its type cannot be.
final class KindChecks {
    private KindChecks() {}

    static void requirePossible(TableDraft draft, Attribute column, ColumnKind kind) {
        boolean possible = switch (kind) {
            case NUMERIC -> !column.isTime() && !column.isList();
            case TIMESTAMP -> column.isTime();
            case BOOLEAN -> column.type().equals("BOOLEAN") || column.isInteger() || column.isText();
            case VECTOR -> column.isList() || column.isText();
            case CATEGORICAL, MULTI_CATEGORICAL, TEXT -> true;
        };
        if (!possible) {
            throw RelataException.usage(
                    "column.kind",
                    "table " + draft.name() + ", column " + column.name(),
                    "a column of type " + column.type() + " cannot be " + kind.label(),
                    "declare another kind, or convert it with `sql`");
        }
    }
}
