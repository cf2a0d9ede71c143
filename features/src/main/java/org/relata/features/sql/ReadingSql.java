package org.relata.features.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.relata.database.Sql;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Reading;

/// The SQL of a measure over a row of its source table.
final class ReadingSql {
    private ReadingSql() {}

    /// The value, null when it is missing, of a row called by an alias.
    ///
    /// Numbers are read as 32-bit floats, like features: their sums in 64 bits come out exactly, whatever the order of
    /// the
    /// rows, so that features do not depend on threads or on which other rows are asked about. Numbers too large for it
    /// are
    /// missing.
    static String of(Measure measure, String alias) {
        String t = alias + "." + Sql.id(measure.column());
        return switch (measure.reading()) {
            case Reading.Number _ -> single("CASE WHEN isfinite(CAST(" + t + " AS DOUBLE)) THEN " + t + " END");
            case Reading.Flag _ -> single("CAST(" + t + " AS INTEGER)");
            case Reading.Code _ -> code(t, measure.categories());
            case Reading.ListSize _ -> single("len(" + t + ")");
            case Reading.ListContains contains ->
                single("CAST(list_contains(" + t + "::VARCHAR[], " + Sql.text(contains.element()) + ") AS INTEGER)");
            case Reading.TextLength _ -> single("length(CAST(" + t + " AS VARCHAR))");
            case Reading.TextWords _ -> single("len(" + words(t) + ")");
            case Reading.TextBucket bucket ->
                single("len(list_filter(" + words(t) + ", lambda w: md5_number(w) % " + bucket.buckets() + " = "
                        + bucket.bucket() + ")) / greatest(len(" + words(t) + "), 1)");
            case Reading.Element element -> single(t + "[" + element.index() + "]");
            case Reading.Day _ -> micros(t) + " / 86400e6";
            case Reading.DaysAfter after ->
                single("(" + micros(t) + " - epoch_us(" + alias + "." + Sql.id(after.timeColumn()) + ")) / 86400e6");
            case Reading.CalendarPart calendar ->
                part(t, calendar, measure.categories().size());
            case Reading.Link _ -> t;
        };
    }

    private static String single(String number) {
        return "TRY_CAST(" + number + " AS FLOAT)";
    }

    private static String micros(String t) {
        return "epoch_us(CAST(" + t + " AS TIMESTAMP))";
    }

    private static String code(String t, List<String> categories) {
        List<String> kept = categories.subList(0, categories.size() - 1);
        String list = kept.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
        // list_position answers 0 or null for what is not in the list, by version; both mean "rarer than those kept".
        return "CAST(CASE WHEN " + t + " IS NULL THEN NULL ELSE coalesce(nullif(list_position(" + list
                + "::VARCHAR[], CAST(" + t + " AS VARCHAR)), 0) - 1, " + kept.size() + ") END AS SMALLINT)";
    }

    private static String part(String t, Reading.CalendarPart calendar, int categories) {
        String function = switch (calendar.part()) {
            case YEAR -> "year";
            case MONTH -> "month";
            case DAY -> "day";
            case WEEKDAY -> "isodow";
        };
        String code = "%s(CAST(%s AS TIMESTAMP)) - %d".formatted(function, t, calendar.first());
        return "CAST(CASE WHEN %1$s BETWEEN 0 AND %2$d THEN %1$s END AS SMALLINT)".formatted(code, categories - 1);
    }

    private static String words(String t) {
        return "list_filter(string_split_regex(lower(CAST(" + t
                + " AS VARCHAR)), '[^\\p{L}\\p{N}]+'), lambda w: w <> '')";
    }
}
