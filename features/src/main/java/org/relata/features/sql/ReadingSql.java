package org.relata.features.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.relata.database.Sql;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Reading;

/// The SQL of a measure over the source table `t`.
final class ReadingSql {
    private ReadingSql() {}

    static String of(Measure measure) {
        String t = "t." + Sql.id(measure.column());
        return switch (measure.reading()) {
            case Reading.Number _ -> "CASE WHEN isfinite(CAST(" + t + " AS DOUBLE)) THEN CAST(" + t + " AS DOUBLE) END";
            case Reading.Flag _ -> "CAST(CAST(" + t + " AS INTEGER) AS DOUBLE)";
            case Reading.Code _ -> code(t, measure.categories());
            case Reading.ListSize _ -> "CAST(len(" + t + ") AS DOUBLE)";
            case Reading.ListContains contains ->
                "CAST(CAST(list_contains(" + t + "::VARCHAR[], " + Sql.text(contains.element())
                        + ") AS INTEGER) AS DOUBLE)";
            case Reading.TextLength _ -> "CAST(length(CAST(" + t + " AS VARCHAR)) AS DOUBLE)";
            case Reading.TextWords _ -> "CAST(len(" + words(t) + ") AS DOUBLE)";
            case Reading.TextBucket bucket ->
                "CAST(len(list_filter(" + words(t) + ", lambda w: md5_number(w) % " + bucket.buckets() + " = "
                        + bucket.bucket() + ")) AS DOUBLE) / greatest(len(" + words(t) + "), 1)";
            case Reading.Element element -> "CAST(" + t + "[" + element.index() + "] AS DOUBLE)";
            case Reading.Day _ -> "epoch_us(CAST(" + t + " AS TIMESTAMP)) / 86400e6";
            case Reading.DaysAfter after ->
                "(epoch_us(CAST(" + t + " AS TIMESTAMP)) - epoch_us(t." + Sql.id(after.timeColumn()) + ")) / 86400e6";
            case Reading.Link _ -> t;
        };
    }

    private static String code(String t, List<String> categories) {
        List<String> kept = categories.subList(0, categories.size() - 1);
        String list = kept.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
        // list_position answers 0 or null for what is not in the list, by version; both mean "rarer than those kept".
        return "CAST(CASE WHEN " + t + " IS NULL THEN NULL ELSE coalesce(nullif(list_position(" + list
                + "::VARCHAR[], CAST(" + t + " AS VARCHAR)), 0) - 1, " + kept.size() + ") END AS SMALLINT)";
    }

    private static String words(String t) {
        return "list_filter(string_split_regex(lower(CAST(" + t
                + " AS VARCHAR)), '[^\\p{L}\\p{N}]+'), lambda w: w <> '')";
    }
}
