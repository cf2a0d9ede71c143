package org.relata.features.sql;

import java.util.List;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.Output;
import org.relata.features.plan.Window;

/// The SQL of each aggregation, over the columns of the joined rows: `key`, `row`, `age`, and a measure `m3`.
///
/// Measures are 32-bit floats and `sum` and `avg` add them in 64 bits, which is exact; what is not exact is made to not
/// depend on the order of the rows where it would show: constant values have no deviation and no trend.
final class AggregateSql {
    private AggregateSql() {}

    /// The aggregate of an output of a plain to-many query; the mode has its own way.
    ///
    /// @param categories the categories of the measure by code; empty for numbers and links
    static String of(Output output, List<String> categories) {
        String m = "m" + output.measure();
        if (output.window() instanceof Window.LastRows last) {
            return "list_" + function(output.aggregation()) + "(arg_max(" + m + ", row, " + last.rows() + "))";
        }
        String filter =
                output.window() instanceof Window.Span span ? " FILTER (WHERE age <= " + span.microseconds() + ")" : "";
        return switch (output.aggregation()) {
            case COUNT -> "count(*)" + filter;
            case SUM, MEAN, MIN, MAX, SKEWNESS -> function(output.aggregation()) + "(" + m + ")" + filter;
            case DEVIATION ->
                "CASE WHEN max(%1$s)%2$s = min(%1$s)%2$s THEN 0 * stddev_samp(%1$s)%2$s ELSE stddev_samp(%1$s)%2$s END"
                        .formatted(m, filter);
            // A bit for each code seen: a fifth of what counting distinct values costs.
            case DISTINCT ->
                !categories.isEmpty() && categories.size() <= 64
                        ? "coalesce(bit_count(bit_or(CAST(1 AS UBIGINT) << CAST(" + m + " AS UBIGINT))" + filter
                                + "), 0)"
                        : "count(DISTINCT " + m + ")" + filter;
            case SHARE ->
                "count_if(" + m + " = " + output.category().orElseThrow() + ")" + filter + " / nullif(count(" + m + ")"
                        + filter + ", 0)";
            // DuckDB has fast ways for these types, and slow ones for narrower types.
            case LAST ->
                "arg_max(CAST(" + m + " AS " + (categories.isEmpty() ? "DOUBLE" : "INTEGER") + "), row)" + filter;
            case TREND -> trend(m);
            case SINCE_FIRST -> "max(age) / 86400e6";
            case SINCE_LAST -> "min(age) / 86400e6";
            case VALUE, MODE, STALENESS, SEED_MONTH, SEED_WEEKDAY, SEED_HOUR ->
                throw new IllegalArgumentException(output.aggregation() + " is not a plain aggregate");
        };
    }

    /// A query for the most frequent code of each key, the smallest of equally frequent ones: counted by key and code
    /// first, which costs a quarter of a histogram a key.
    static String mode(String m) {
        return """
                    SELECT key, 65535 - max(n * 65536 + 65535 - code) %% 65536 AS code
                    FROM (SELECT key, %1$s AS code, count(*) AS n FROM joined WHERE %1$s IS NOT NULL GROUP BY key, %1$s)
                    GROUP BY key""".formatted(m);
    }

    /// The slope, and 0 where all change along the line is below the precision of the values.
    private static String trend(String m) {
        String slope = "regr_slope(" + m + ", -age / 86400e6)";
        return "CASE WHEN abs(" + slope + ") * (max(age) - min(age)) <= 86400e-3 * greatest(abs(max(" + m
                + ")), abs(min(" + m + "))) THEN 0 ELSE " + slope + " END";
    }

    /// The inner aggregate of a stacked output: over the rows at the end, per row one hop before.
    static String perRow(Output output) {
        Aggregation inner = output.inner().orElseThrow();
        // As a 32-bit float again, so that the outer sum is exact, too.
        return inner == Aggregation.COUNT
                ? "count(row)"
                : "TRY_CAST(" + function(inner) + "(m" + output.measure() + ") AS FLOAT)";
    }

    /// The outer aggregate of a stacked output.
    static String overRows(Output output, String inner) {
        return switch (output.aggregation()) {
            case DEVIATION ->
                "CASE WHEN max(%1$s) = min(%1$s) THEN 0 * stddev_samp(%1$s) ELSE stddev_samp(%1$s) END"
                        .formatted(inner);
            case VALUE,
                    COUNT,
                    SUM,
                    MEAN,
                    MIN,
                    MAX,
                    SKEWNESS,
                    DISTINCT,
                    MODE,
                    SHARE,
                    LAST,
                    TREND,
                    SINCE_FIRST,
                    SINCE_LAST,
                    STALENESS,
                    SEED_MONTH,
                    SEED_WEEKDAY,
                    SEED_HOUR -> function(output.aggregation()) + "(" + inner + ")";
        };
    }

    /// DuckDB's name of a reduction of numbers to one.
    private static String function(Aggregation aggregation) {
        return switch (aggregation) {
            case SUM -> "sum";
            case MEAN -> "avg";
            case MIN -> "min";
            case MAX -> "max";
            case SKEWNESS -> "skewness";
            case DEVIATION,
                    VALUE,
                    COUNT,
                    DISTINCT,
                    MODE,
                    SHARE,
                    LAST,
                    TREND,
                    SINCE_FIRST,
                    SINCE_LAST,
                    STALENESS,
                    SEED_MONTH,
                    SEED_WEEKDAY,
                    SEED_HOUR -> throw new IllegalArgumentException(aggregation + " does not reduce numbers");
        };
    }
}
