package org.relata.database.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.Duck;

/// Figures of one column over all rows of its table.
///
/// @param values how many rows have a value
/// @param distinct about how many different values there are; exact up to a few per cent, never above `values`
/// @param averageLength the mean number of characters of a text, 0 for other types
/// @param wholeValues for floating columns, how many values are whole numbers
/// @param smallest the smallest value as a number, NaN for other types and when there is none
/// @param largest the largest, likewise
public record ColumnStatistics(
        long values, long distinct, double averageLength, long wholeValues, double smallest, double largest) {
    /// Columns a query: thousands of aggregates in one query make the planner crawl.
    private static final int CHUNK = 200;

    /// Counts every column of a relation, in as few passes as its width allows.
    public static Map<String, ColumnStatistics> of(Duck duck, Relation relation) {
        Map<String, ColumnStatistics> result = new LinkedHashMap<>();
        List<Attribute> all = relation.attributes();
        for (int start = 0; start < all.size(); start += CHUNK) {
            List<Attribute> chunk = all.subList(start, Math.min(all.size(), start + CHUNK));
            List<String> select = new ArrayList<>();
            for (Attribute a : chunk) {
                boolean number = a.isInteger() || a.isFloating();
                select.add("count(" + a.sql() + ")");
                select.add("approx_count_distinct(" + a.sql() + ")");
                select.add(a.isText() ? "coalesce(avg(length(CAST(" + a.sql() + " AS VARCHAR))), 0)" : "0.0");
                select.add(a.isFloating() ? "count(*) FILTER (WHERE " + a.sql() + " = floor(" + a.sql() + "))" : "0");
                select.add(number ? "CAST(min(" + a.sql() + ") AS DOUBLE)" : "NULL");
                select.add(number ? "CAST(max(" + a.sql() + ") AS DOUBLE)" : "NULL");
            }
            duck.query("SELECT " + String.join(", ", select) + " FROM " + relation.from(), row -> {
                int k = 1;
                for (Attribute a : chunk) {
                    long values = row.getLong(k);
                    double smallest = row.getDouble(k + 4);
                    smallest = row.wasNull() ? Double.NaN : smallest;
                    double largest = row.getDouble(k + 5);
                    largest = row.wasNull() ? Double.NaN : largest;
                    result.put(
                            a.name(),
                            new ColumnStatistics(
                                    values,
                                    Math.min(values, row.getLong(k + 1)),
                                    row.getDouble(k + 2),
                                    row.getLong(k + 3),
                                    smallest,
                                    largest));
                    k += 6;
                }
                return result;
            });
        }
        return result;
    }
}
