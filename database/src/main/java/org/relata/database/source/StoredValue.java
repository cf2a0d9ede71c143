package org.relata.database.source;

import java.util.Optional;
import org.relata.database.ColumnKind;
import org.relata.database.Sql;
import org.relata.database.infer.Attribute;

/// The DuckDB expressions that bring a raw value into the type the store keeps for its kind.
final class StoredValue {
    private StoredValue() {}

    /// A value of a stated kind.
    ///
    /// @param column the raw column
    /// @param kind its kind
    /// @param delimiter what separates the values of a multi-categorical text
    static String of(Attribute column, ColumnKind kind, Optional<String> delimiter) {
        String value = column.sql();
        return switch (kind) {
            case NUMERIC -> number(column);
            case CATEGORICAL -> column.isInteger() || wholeFloat(column) ? key(column) : text(column);
            case MULTI_CATEGORICAL ->
                column.isList()
                        ? "CAST(" + value + " AS VARCHAR[])"
                        : "list_filter(list_transform(string_split(" + text(column) + ", "
                                + Sql.text(delimiter.orElse("|"))
                                + "), lambda part: trim(part)), lambda part: part <> '')";
            case TEXT -> text(column);
            case TIMESTAMP -> time(column);
            case BOOLEAN -> column.type().equals("BOOLEAN") ? value : "TRY_CAST(" + value + " AS BOOLEAN)";
            case VECTOR -> column.isList() ? "CAST(" + value + " AS DOUBLE[])" : "TRY_CAST(" + value + " AS DOUBLE[])";
        };
    }

    /// The value of a key column: whole numbers as `BIGINT`, everything else as it is or as text.
    static String key(Attribute column) {
        if (column.isInteger()) {
            return column.type().contains("HUGEINT") || column.type().equals("UBIGINT")
                    ? "CAST(" + column.sql() + " AS HUGEINT)"
                    : "CAST(" + column.sql() + " AS BIGINT)";
        }
        if (column.isFloating()) {
            // Data frames turn integer keys with gaps into floats; NaN then means "no parent".
            return "TRY_CAST(" + column.sql() + " AS BIGINT)";
        }
        return column.isTime() ? time(column) : text(column);
    }

    private static boolean wholeFloat(Attribute column) {
        return column.isFloating();
    }

    private static String number(Attribute column) {
        String value = column.sql();
        if (column.isInteger()) {
            return column.type().contains("HUGEINT") || column.type().equals("UBIGINT")
                    ? "CAST(" + value + " AS DOUBLE)"
                    : "CAST(" + value + " AS BIGINT)";
        }
        if (column.type().equals("TIME")) {
            return "CAST(epoch(" + value + ") AS DOUBLE)";
        }
        if (column.type().equals("INTERVAL")) {
            return "CAST(epoch(" + value + ") AS DOUBLE)";
        }
        if (column.type().equals("BOOLEAN")) {
            return "CAST(" + value + " AS BIGINT)";
        }
        // Neither sums nor trees can do with NaN or infinity.
        String number = column.isFloating() ? "CAST(" + value + " AS DOUBLE)" : "TRY_CAST(" + value + " AS DOUBLE)";
        return "CASE WHEN isfinite(" + number + ") THEN " + number + " END";
    }

    private static String text(Attribute column) {
        return column.type().equals("VARCHAR") ? column.sql() : "CAST(" + column.sql() + " AS VARCHAR)";
    }

    private static String time(Attribute column) {
        return column.type().equals("TIMESTAMP") ? column.sql() : "CAST(" + column.sql() + " AS TIMESTAMP)";
    }
}
