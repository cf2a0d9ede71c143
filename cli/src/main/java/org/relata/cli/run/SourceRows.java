package org.relata.cli.run;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;

/// The rows of the source that a feature summarised for one entity.
public final class SourceRows {
    private final Database database;
    private final LocalDateTime cutoff;

    /// Rows that could be seen at a time.
    public SourceRows(Database database, LocalDateTime cutoff) {
        this.database = database;
        this.cutoff = cutoff;
    }

    /// Some of the rows at the end of a path.
    ///
    /// @param path the tables walked through, the entity table first
    /// @param count how many rows there are
    /// @param latest the latest of them, each as its columns by name
    public record Found(List<String> path, long count, List<Map<String, String>> latest) {}

    /// The rows that a path leads to from an entity. Where two tables are linked in several ways, all are followed.
    ///
    /// @param path the tables to walk through, the entity table first
    /// @param entity the `__row` of the entity
    /// @param most how many rows at most
    /// @return empty when a table of the path is not in the database, as a fit's own history of labels
    public Optional<Found> of(List<String> path, long entity, int most) {
        Schema schema = database.schema();
        if (path.isEmpty()
                || path.stream().anyMatch(table -> schema.table(table).isEmpty())) {
            return Optional.empty();
        }
        StringBuilder sql = new StringBuilder("WITH r0 AS (SELECT * FROM " + Sql.id(path.getFirst()) + " WHERE "
                + Sql.id(Database.ROW) + " = " + entity + ")");
        for (int hop = 1; hop < path.size(); hop++) {
            Table from = schema.require(path.get(hop - 1));
            Table to = schema.require(path.get(hop));
            List<String> ways = ways(from, to, "r" + (hop - 1));
            if (ways.isEmpty()) {
                return Optional.empty();
            }
            sql.append(", r")
                    .append(hop)
                    .append(" AS (SELECT * FROM ")
                    .append(Sql.id(to.name()))
                    .append(" WHERE (");
            sql.append(String.join(" OR ", ways)).append(')');
            to.timeColumn()
                    .ifPresent(time -> sql.append(" AND ")
                            .append(Sql.id(time))
                            .append(" < ")
                            .append(Sql.timestamp(cutoff)));
            sql.append(')');
        }
        String last = "r" + (path.size() - 1);
        Table table = schema.require(path.getLast());
        long count = database.store().count(sql + " SELECT count(*) FROM " + last);
        List<String> columns = columns(table);
        String order = table.timeColumn()
                        .map(time -> Sql.id(time) + " DESC NULLS LAST, ")
                        .orElse("") + Sql.id(Database.ROW) + " DESC";
        List<Map<String, String>> latest = database.store()
                .query(
                        sql + " SELECT "
                                + String.join(
                                        ", ",
                                        columns.stream()
                                                .map(c -> "CAST(" + Sql.id(c) + " AS VARCHAR)")
                                                .toList())
                                + " FROM " + last + " ORDER BY " + order + " LIMIT " + most,
                        row -> {
                            Map<String, String> values = new LinkedHashMap<>();
                            for (int c = 0; c < columns.size(); c++) {
                                values.put(
                                        columns.get(c),
                                        Optional.ofNullable(row.getString(c + 1))
                                                .orElse(""));
                            }
                            return values;
                        });
        return Optional.of(new Found(List.copyOf(path), count, latest));
    }

    private static List<String> ways(Table from, Table to, String rows) {
        List<String> ways = new ArrayList<>();
        List<ForeignKey> up = from.foreignKeys();
        for (int k = 0; k < up.size(); k++) {
            if (up.get(k).targetTable().equals(to.name())) {
                ways.add(Sql.id(Database.ROW) + " IN (SELECT " + Database.foreignKeyColumn(k) + " FROM " + rows + ")");
            }
        }
        List<ForeignKey> down = to.foreignKeys();
        for (int k = 0; k < down.size(); k++) {
            if (down.get(k).targetTable().equals(from.name())) {
                ways.add(Database.foreignKeyColumn(k) + " IN (SELECT " + Sql.id(Database.ROW) + " FROM " + rows + ")");
            }
        }
        return ways;
    }

    /// The time first, then keys, then the rest.
    private static List<String> columns(Table table) {
        List<String> columns = new ArrayList<>(table.timeColumn().stream().toList());
        table.columns().stream()
                .map(Column::name)
                .filter(name -> table.isKey(name) && !columns.contains(name))
                .forEach(columns::add);
        table.columns().stream()
                .map(Column::name)
                .filter(name -> !columns.contains(name))
                .forEach(columns::add);
        return columns;
    }
}
