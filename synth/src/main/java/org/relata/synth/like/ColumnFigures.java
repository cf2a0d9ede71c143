package org.relata.synth.like;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Duck;
import org.relata.database.Sql;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.TimeSpan;

/// What a plan takes over of one column.
///
/// @param name its name
/// @param kind what is drawn for it
/// @param nullShare the share of rows without a value
/// @param classes how many values a categorical column has
/// @param labels its values, when they are taken over
record ColumnFigures(String name, FeatureKind kind, double nullShare, int classes, List<String> labels) {
    /// Columns a query: thousands of aggregates in one query make the planner crawl.
    private static final int CHUNK = 200;

    /// Up to here values are counted exactly, which takes memory in proportion to their number.
    private static final long COUNTED = 100_000;

    private static final int MOST_LABELS = 1_000;

    private record Counts(long values, long broken, long distinct) {}

    /// The figures of some columns of a table, in as few passes as their number allows.
    static List<ColumnFigures> of(Duck store, String table, List<Column> columns, long rows, LabelUse labels) {
        List<ColumnFigures> result = new ArrayList<>();
        for (int start = 0; start < columns.size(); start += CHUNK) {
            List<Column> chunk = columns.subList(start, Math.min(columns.size(), start + CHUNK));
            List<Counts> counts = counts(store, table, chunk);
            for (int i = 0; i < chunk.size(); i++) {
                result.add(figures(store, table, chunk.get(i), counts.get(i), rows, labels));
            }
        }
        return result;
    }

    private static List<Counts> counts(Duck store, String table, List<Column> columns) {
        List<String> select = new ArrayList<>();
        for (Column column : columns) {
            String value = Sql.id(column.name());
            select.add("count(" + value + ")");
            select.add(
                    column.kind() == ColumnKind.NUMERIC
                            ? "count(*) FILTER (WHERE " + value + " <> floor(" + value + "))"
                            : "0");
            select.add(isCategorical(column) ? "approx_count_distinct(" + value + ")" : "0");
        }
        String sql = "SELECT " + String.join(", ", select) + " FROM " + Sql.id(table);
        return store.query(sql, row -> {
                    List<Counts> counts = new ArrayList<>();
                    for (int k = 1; k < select.size(); k += 3) {
                        counts.add(new Counts(row.getLong(k), row.getLong(k + 1), row.getLong(k + 2)));
                    }
                    return counts;
                })
                .getFirst();
    }

    private static ColumnFigures figures(
            Duck store, String table, Column column, Counts counts, long rows, LabelUse use) {
        FeatureKind kind = switch (column.kind()) {
            case NUMERIC -> counts.values() > 0 && counts.broken() == 0 ? FeatureKind.INTEGER : FeatureKind.NUMERIC;
            case CATEGORICAL, MULTI_CATEGORICAL -> FeatureKind.CATEGORICAL;
            case TEXT -> FeatureKind.TEXT;
            case TIMESTAMP -> FeatureKind.DATE;
            case BOOLEAN -> FeatureKind.BOOLEAN;
            case VECTOR -> throw new IllegalArgumentException(column.name() + " holds vectors");
        };
        double nullShare = share(rows - counts.values(), rows);
        if (!isCategorical(column)) {
            return new ColumnFigures(column.name(), kind, nullShare, 0, List.of());
        }
        String values = values(table, column);
        long classes = counts.distinct() > COUNTED
                ? counts.distinct()
                : store.count("SELECT count(DISTINCT value) FROM (" + values + ")");
        List<String> labels = use == LabelUse.TAKEN_OVER && classes <= MOST_LABELS
                ? store.query(
                        "SELECT DISTINCT CAST(value AS VARCHAR) FROM (" + values
                                + ") WHERE value IS NOT NULL ORDER BY 1",
                        row -> String.valueOf(row.getString(1)))
                : List.of();
        return new ColumnFigures(column.name(), kind, nullShare, (int) Math.min(Integer.MAX_VALUE, classes), labels);
    }

    /// The labels of all rows; of sets of labels, each of them.
    private static String values(String table, Column column) {
        String value = Sql.id(column.name());
        return "SELECT " + (column.kind() == ColumnKind.MULTI_CATEGORICAL ? "unnest(" + value + ")" : value)
                + " AS value FROM " + Sql.id(table);
    }

    private static boolean isCategorical(Column column) {
        return column.kind() == ColumnKind.CATEGORICAL || column.kind() == ColumnKind.MULTI_CATEGORICAL;
    }

    /// A share in ten thousandths; what is there at all is not rounded away.
    static double share(long part, long whole) {
        if (part <= 0 || whole <= 0) {
            return 0;
        }
        return Math.max(1, Math.round(1e4 * part / whole)) / 1e4;
    }

    /// The whole days between which the times of a table lie.
    static Optional<TimeSpan> span(Duck store, String table, String time) {
        String value = Sql.id(time);
        String days = "date_diff('day', DATE '1970-01-01', CAST(%s(" + value + ") AS DATE))";
        return store.query(
                        "SELECT " + days.formatted("min") + ", " + days.formatted("max") + ", count(*) FROM "
                                + Sql.id(table) + " WHERE isfinite(" + value + ")",
                        row -> row.getLong(3) == 0
                                ? Optional.<TimeSpan>empty()
                                : Optional.of(new TimeSpan(day(row.getLong(1)), day(row.getLong(2) + 1))))
                .getFirst();
    }

    private static LocalDateTime day(long day) {
        return LocalDate.ofEpochDay(day).atStartOfDay();
    }
}
