package org.relata.synth.like;

import java.util.Optional;
import java.util.OptionalDouble;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// How long ago the parents of rows are, for links between two dated tables.
///
/// Measured in parents rather than in days: without it, drawn rows would pick among all earlier parents, and early
/// parents
/// would have most of the children.
final class Lags {
    private Lags() {}

    /// The mean number of parents that are dated between the parent of a row and the row, as a share of all parents, in
    /// hundredths; absent where one of the tables is not dated, or no row of it is.
    static OptionalDouble of(Database database, Table table, int link) {
        String parentName = table.foreignKeys().get(link).targetTable();
        Optional<String> childTime = table.timeColumn();
        Optional<String> parentTime = database.schema().tables().stream()
                .filter(t -> t.name().equals(parentName))
                .findFirst()
                .flatMap(Table::timeColumn);
        if (childTime.isEmpty() || parentTime.isEmpty() || parentName.equals(table.name())) {
            return OptionalDouble.empty();
        }
        String sql = """
                WITH parents AS (
                    SELECT %1$s AS id, %2$s AS time, row_number() OVER (ORDER BY %2$s, %1$s) AS place
                    FROM %3$s WHERE %2$s IS NOT NULL
                ), times AS (
                    SELECT time, max(place) AS place FROM parents GROUP BY time
                ), rows AS (
                    SELECT c.%4$s AS time, p.place AS place
                    FROM %5$s c JOIN parents p ON p.id = c.%6$s WHERE c.%4$s IS NOT NULL
                )
                SELECT coalesce(avg(greatest(0, t.place - r.place)), -1), count(*), (SELECT count(*) FROM parents)
                FROM rows r ASOF JOIN times t ON r.time >= t.time
                """.formatted(
                        Sql.id(Database.ROW),
                        Sql.id(parentTime.get()),
                        Sql.id(parentName),
                        Sql.id(childTime.get()),
                        Sql.id(table.name()),
                        Sql.id(Database.foreignKeyColumn(link)));
        return database.store()
                .query(
                        sql,
                        row -> row.getLong(2) == 0
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(
                                        Math.min(100, Math.round(100 * row.getDouble(1) / row.getDouble(3))) / 100.0))
                .getFirst();
    }
}
