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
            case DEVIATION -> deviation(m, filter);
            case DISTINCT -> distinct(m, categories, filter);
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

    /// The deviation, and exactly 0 where all values are the same.
    private static String deviation(String m, String filter) {
        return "CASE WHEN max(%1$s)%2$s = min(%1$s)%2$s THEN 0 * stddev_samp(%1$s)%2$s ELSE stddev_samp(%1$s)%2$s END"
                .formatted(m, filter);
    }

    /// A bit for each code seen: a fifth of what counting distinct values costs.
    private static String distinct(String m, List<String> categories, String filter) {
        return !categories.isEmpty() && categories.size() <= 64
                ? "coalesce(bit_count(bit_or(CAST(1 AS UBIGINT) << CAST(" + m + " AS UBIGINT))" + filter + "), 0)"
                : "count(DISTINCT " + m + ")" + filter;
    }

    /// A query for the most frequent code of each group, the smallest of equally frequent ones, and how many `kinds` of
    /// codes there are: counted by group and code first, which costs a quarter of a histogram a group.
    ///
    /// @param group the columns that make a group
    /// @param code the column of codes, 0 to 65535
    /// @param from where they are
    static String mode(String group, String code, String from) {
        return """
                    SELECT %1$s, 65535 - max(n * 65536 + 65535 - code) %% 65536 AS code, count(*) AS kinds
                    FROM (SELECT %1$s, %2$s AS code, count(*) AS n FROM %3$s WHERE %2$s IS NOT NULL GROUP BY %1$s, %2$s)
                    GROUP BY %1$s""".formatted(group, code, from);
    }

    /// The slope, and 0 where all change along the line is below the precision of the values.
    private static String trend(String m) {
        String slope = "regr_slope(" + m + ", -age / 86400e6)";
        return "CASE WHEN abs(" + slope + ") * (max(age) - min(age)) <= 86400e-3 * greatest(abs(max(" + m
                + ")), abs(min(" + m + "))) THEN 0 ELSE " + slope + " END";
    }

    /// The inner aggregate of a stacked output: over the rows at the end, per row one hop before; the mode has its own
    /// way.
    ///
    /// @param categories the categories of the measure by code; empty for numbers
    static String perRow(Output output, List<String> categories) {
        Aggregation inner = output.inner().orElseThrow();
        String m = "m" + output.measure();
        String aggregate = switch (inner) {
            case COUNT -> "count(row)";
            case DISTINCT -> distinct(m, categories, "");
            case DEVIATION -> deviation(m, "");
            // Values that are all the same have no skewness.
            case SKEWNESS -> "nullif(skewness(" + m + "), CAST('NaN' AS DOUBLE))";
            case SUM, MEAN, MIN, MAX -> function(inner) + "(" + m + ")";
            case VALUE,
                    MODE,
                    SHARE,
                    LAST,
                    TREND,
                    SINCE_FIRST,
                    SINCE_LAST,
                    STALENESS,
                    SEED_MONTH,
                    SEED_WEEKDAY,
                    SEED_HOUR -> throw new IllegalArgumentException(inner + " is not aggregated again");
        };
        // As a 32-bit float again, so that the outer sum is exact, too.
        return "TRY_CAST(" + aggregate + " AS FLOAT)";
    }

    /// The outer aggregate of a stacked output.
    static String overRows(Output output, String inner) {
        return switch (output.aggregation()) {
            case DEVIATION -> deviation(inner, "");
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
