package org.relata.features.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Cheap statistics of a table, from rows dated before a given time only, so that choices cannot see past it.
///
/// Tables of more than [#SAMPLE] rows are read through a fixed sample of their row numbers.
final class TableProfile {
    private static final long SAMPLE = 500_000;

    private final Duck duck;
    private final Table table;
    private final String from;
    private final long rows;
    private final Map<String, ColumnProfile> columns = new HashMap<>();

    /// @param values how many rows have a value
    /// @param distinct about how many distinct values there are
    /// @param words the mean number of words of a text
    record ColumnProfile(long values, long distinct, double words) {}

    TableProfile(Database database, Table table, String before) {
        this.duck = database.store();
        this.table = table;
        String relation = "main." + Sql.id(table.name());
        String visible =
                table.timeColumn().isPresent() ? Sql.id(table.timeColumn().get()) + " < " + before : "TRUE";
        this.rows = duck.count("SELECT count(*) FROM " + relation + " WHERE " + visible);
        // A multiplicative hash spreads the sample over all times; the same rows are chosen on every run.
        String sampled = rows > SAMPLE
                ? " AND (" + Database.ROW + " * 2654435761) % 1000003 < " + (SAMPLE * 1_000_003L / rows)
                : "";
        this.from = " FROM " + relation + " t WHERE " + visible + sampled;
        profileColumns();
    }

    private void profileColumns() {
        List<Column> readable = table.featureColumns();
        if (readable.isEmpty()) {
            return;
        }
        StringBuilder select = new StringBuilder("SELECT ");
        for (int i = 0; i < readable.size(); i++) {
            Column column = readable.get(i);
            String t = "t." + Sql.id(column.name());
            String words = switch (column.kind()) {
                case TEXT -> "avg(len(string_split(CAST(" + t + " AS VARCHAR), ' ')))";
                case NUMERIC, CATEGORICAL, MULTI_CATEGORICAL, TIMESTAMP, BOOLEAN, VECTOR -> "0";
            };
            select.append(i == 0 ? "" : ", ").append("count(" + t + "), approx_count_distinct(" + t + "), " + words);
        }
        duck.query(select + from, row -> {
            for (int i = 0; i < readable.size(); i++) {
                columns.put(
                        readable.get(i).name(),
                        new ColumnProfile(row.getLong(3 * i + 1), row.getLong(3 * i + 2), row.getDouble(3 * i + 3)));
            }
            return true;
        });
    }

    /// How many rows are dated before the time.
    long rows() {
        return rows;
    }

    ColumnProfile column(String name) {
        return columns.getOrDefault(name, new ColumnProfile(0, 0, 0));
    }

    /// The most frequent values of a column as text, most frequent first, ties in text order.
    List<String> frequent(String column, int limit) {
        String value = "CAST(t." + Sql.id(column) + " AS VARCHAR)";
        return duck.query(
                "SELECT " + value + " AS v, count(*) AS n" + from + " AND t." + Sql.id(column)
                        + " IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT " + limit,
                row -> row.getString(1));
    }

    /// The most frequent elements of a list column, most frequent first, ties in text order.
    List<String> frequentElements(String column, int limit) {
        return duck.query(
                "SELECT v, count(*) AS n FROM (SELECT CAST(unnest(t." + Sql.id(column) + ") AS VARCHAR) AS v" + from
                        + ") WHERE v IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT " + limit,
                row -> row.getString(1));
    }

    /// The length of the longest list in a column.
    int longestList(String column) {
        return duck.query("SELECT coalesce(max(len(t." + Sql.id(column) + ")), 0)" + from, row -> row.getInt(1))
                .getFirst();
    }
}
