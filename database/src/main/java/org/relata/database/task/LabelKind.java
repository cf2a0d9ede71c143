package org.relata.database.task;

import java.util.Locale;
import java.util.Optional;
import org.relata.database.RelataException;

/// How label values are stored, by what becomes of them.
enum LabelKind {
    /// Numbers: labels as they are, or codes of classes.
    NUMBER,
    /// True or false.
    BOOLEAN,
    /// Names of classes.
    TEXT;

    /// What a DuckDB type holds.
    ///
    /// @throws RelataException `task.label` for types that are no label: times, lists, structures
    static LabelKind of(String duckType, TaskType task, String place) {
        String type = duckType.toUpperCase(Locale.ROOT);
        String family = type.endsWith("]") ? "LIST" : type.replaceFirst("\\(.*", "");
        Optional<LabelKind> found = switch (family) {
            case "BOOLEAN" -> Optional.of(BOOLEAN);
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "FLOAT",
                    "DOUBLE",
                    "DECIMAL" -> Optional.of(NUMBER);
            case "VARCHAR", "ENUM" -> Optional.of(TEXT);
            default -> Optional.empty();
        };
        LabelKind kind = found.orElseThrow(() -> RelataException.usage(
                "task.label",
                place,
                "a label of type " + duckType + " cannot be learned",
                "give a number, a boolean or text"));
        if (kind == TEXT && task == TaskType.REGRESSION) {
            throw RelataException.usage(
                    "task.label",
                    place,
                    "the labels of a regression task are text",
                    "cast them to a number, or set task_type to multiclass_classification");
        }
        return kind;
    }

    /// The SQL that turns a label into what is kept: a double, or text.
    String normalised(String expression) {
        return switch (this) {
            // Adding zero turns -0.0 into 0.0, so that both are one class.
            case NUMBER -> "(CAST(" + expression + " AS DOUBLE) + 0.0::DOUBLE)";
            case BOOLEAN -> "CAST(CAST(" + expression + " AS INTEGER) AS DOUBLE)";
            case TEXT -> "CAST(" + expression + " AS VARCHAR)";
        };
    }

    /// A SQL condition that is true for labels that can be learned.
    String usable(String expression) {
        return switch (this) {
            case NUMBER -> "(" + expression + " IS NOT NULL AND isfinite(CAST(" + expression + " AS DOUBLE)))";
            case BOOLEAN, TEXT -> expression + " IS NOT NULL";
        };
    }
}
