package org.relata.database.task;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Small databases in the store's layout, each table given as SQL.
final class StoreFixture {
    private final Duck store;
    private final List<Table> tables = new ArrayList<>();

    StoreFixture(Path folder) {
        store = Duck.open(folder.resolve("store.duckdb"), 512L << 20, 2);
        store.execute("CREATE SCHEMA raw");
    }

    Duck store() {
        return store;
    }

    StoreFixture table(
            String name, String sql, List<String> primaryKey, Optional<String> time, Map<String, String> links) {
        store.execute("CREATE TABLE raw." + Sql.id(name) + " AS " + sql);
        List<Column> columns = store.query(
                "DESCRIBE raw." + Sql.id(name), row -> new Column(row.getString(1), kind(row.getString(2))));
        List<ForeignKey> keys = links.entrySet().stream()
                .map(link -> new ForeignKey(List.of(link.getKey()), link.getValue()))
                .toList();
        tables.add(new Table(name, columns, primaryKey, keys, time));
        return this;
    }

    Database build(LocalDateTime validation, LocalDateTime test) {
        for (Table table : tables) {
            String order = table.timeColumn()
                    .map(time -> Sql.id(time) + " NULLS LAST, ")
                    .orElse("");
            store.execute("CREATE TABLE " + Sql.id(table.name()) + " AS SELECT *, row_number() OVER (ORDER BY " + order
                    + "rowid) - 1 AS __row FROM raw." + Sql.id(table.name()) + " ORDER BY __row");
        }
        for (Table table : tables) {
            for (int i = 0; i < table.foreignKeys().size(); i++) {
                ForeignKey link = table.foreignKeys().get(i);
                Table parent = tables.stream()
                        .filter(t -> t.name().equals(link.targetTable()))
                        .findFirst()
                        .orElseThrow();
                store.execute("ALTER TABLE " + Sql.id(table.name()) + " ADD COLUMN __fk" + i + " BIGINT");
                store.execute("UPDATE " + Sql.id(table.name()) + " AS c SET __fk" + i + " = p.__row FROM "
                        + Sql.id(parent.name()) + " AS p WHERE p."
                        + Sql.id(parent.primaryKey().getFirst()) + " = c."
                        + Sql.id(link.columns().getFirst()));
            }
        }
        return new Database(
                new Schema("fixture", tables, Optional.of(validation), Optional.of(test)), store, List.of(), List.of());
    }

    /// A shop of four customers over 2024: customer 4 registers late, visits happen every day for customers 1 and 2.
    static Database shop(Path folder) {
        return new StoreFixture(folder)
                .table(
                        "customers",
                        "SELECT * FROM (VALUES ('a', TIMESTAMP '2024-01-01', 'north'), ('b', TIMESTAMP '2024-01-02', NULL),"
                                + " ('c', TIMESTAMP '2024-01-03', 'south'), ('d', TIMESTAMP '2024-11-20', 'south'))"
                                + " AS v(id, joined, region)",
                        List.of("id"),
                        Optional.of("joined"),
                        Map.of())
                .table(
                        "orders",
                        "SELECT i AS number, TIMESTAMP '2024-01-05' + INTERVAL (i) DAY AS placed,"
                                + " CASE WHEN i % 3 = 0 THEN 'a' WHEN i % 3 = 1 THEN 'b' WHEN i > 315 THEN 'd' ELSE 'c' END"
                                + " AS customer, CAST(i % 7 AS DOUBLE) AS amount,"
                                + " CASE WHEN i % 2 = 0 THEN 'web' ELSE 'shop' END AS channel, i % 5 = 0 AS gift"
                                + " FROM range(350) AS r(i)",
                        List.of("number"),
                        Optional.of("placed"),
                        new LinkedHashMap<>(Map.of("customer", "customers")))
                .build(LocalDateTime.parse("2024-09-01T00:00:00"), LocalDateTime.parse("2024-11-01T00:00:00"));
    }

    private static ColumnKind kind(String type) {
        return switch (type) {
            case "TIMESTAMP", "DATE" -> ColumnKind.TIMESTAMP;
            case "BOOLEAN" -> ColumnKind.BOOLEAN;
            case "VARCHAR" -> ColumnKind.CATEGORICAL;
            default -> ColumnKind.NUMERIC;
        };
    }
}
