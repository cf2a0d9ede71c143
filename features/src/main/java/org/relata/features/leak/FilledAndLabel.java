package org.relata.features.leak;

import java.util.Optional;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Whether a column of the entity table being filled goes with the label, at equal seed time and equal age.
///
/// Old rows are filled more often and may differ in their labels for honest reasons; comparing within strata of seed
/// and age (Mantel and Haenszel) leaves those out.
final class FilledAndLabel {
    private FilledAndLabel() {}

    /// How far the labels of filled rows lie from what chance allows, in standard deviations; nothing when the table is
    /// not the entity table or nothing can be said.
    static Optional<Double> z(LeakContext context, Table table, String column) {
        if (!table.name().equals(context.task().entityTable())
                || table.timeColumn().isEmpty()) {
            return Optional.empty();
        }
        String sql = """
                WITH joined AS (
                  SELECT l.seed, l.label, e.$column IS NOT NULL AS filled,
                    ntile(8) OVER (PARTITION BY l.seed ORDER BY e.$time, l.entity) AS age
                  FROM $labels l JOIN $relation e ON e.__row = l.entity),
                strata AS (
                  SELECT count(*) AS n, count(*) FILTER (filled) AS f, sum(label) AS s,
                    coalesce(sum(label) FILTER (filled), 0) AS a, coalesce(var_samp(label), 0) AS v
                  FROM joined GROUP BY seed, age HAVING count(*) >= 2)
                SELECT sum(a - f * s / n), sum(v * f * (n - f) / n) FROM strata
                """.replace("$column", Sql.id(column))
                .replace("$time", Sql.id(table.timeColumn().get()))
                .replace("$labels", LeakContext.LABELS)
                .replace("$relation", LeakContext.relation(table));
        return context.duck()
                .query(sql, row -> {
                    double difference = row.getDouble(1);
                    double variance = row.getDouble(2);
                    return variance > 0 ? Optional.of(difference / Math.sqrt(variance)) : Optional.<Double>empty();
                })
                .getFirst();
    }
}
