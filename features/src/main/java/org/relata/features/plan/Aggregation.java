package org.relata.features.plan;

/// How the values of many rows become one.
public enum Aggregation {
    /// The value of the one row; not an aggregate.
    VALUE("value"),
    /// How many rows there are; 0 when none.
    COUNT("count"),
    /// The sum; missing when there is no value.
    SUM("sum"),
    /// The arithmetic mean.
    MEAN("mean"),
    /// The smallest value.
    MIN("min"),
    /// The largest value.
    MAX("max"),
    /// The sample standard deviation; missing with fewer than two values.
    DEVIATION("std"),
    /// The sample skewness; missing with fewer than three values.
    SKEWNESS("skew"),
    /// How many distinct values there are.
    DISTINCT("distinct"),
    /// The most frequent category, the smaller code on a tie.
    MODE("mode"),
    /// The share of rows with one given category.
    SHARE("share"),
    /// The latest value that is not missing.
    LAST("last"),
    /// The slope of a least-squares line over time, per day.
    TREND("trend"),
    /// Days between the cut-off and the earliest row.
    SINCE_FIRST("days since first"),
    /// Days between the cut-off and the latest row.
    SINCE_LAST("days since last"),
    /// Days between the newest visible data and the question; not an aggregate.
    STALENESS("staleness"),
    /// The month of the question, 1 to 12; not an aggregate.
    SEED_MONTH("month"),
    /// The weekday of the question, 1 (Monday) to 7; not an aggregate.
    SEED_WEEKDAY("weekday"),
    /// The hour of the question, 0 to 23; not an aggregate.
    SEED_HOUR("hour");

    private final String label;

    Aggregation(String label) {
        this.label = label;
    }

    /// The name used in feature names.
    public String label() {
        return label;
    }
}
