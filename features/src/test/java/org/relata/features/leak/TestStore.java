package org.relata.features.leak;

import java.nio.file.Path;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Lays out small stores as [Database] describes them, from tables written as SQL. Parents come before children.
final class TestStore implements AutoCloseable {
    private final Duck duck;
    private final List<Table> tables = new ArrayList<>();

    TestStore(Path folder) {
        this.duck = Duck.open(folder.resolve("store.duckdb"), 512L << 20, 2);
    }

    /// A relation the SQL of later tables may read, but no table of the database.
    TestStore scratch(String name, String sql) {
        duck.execute("CREATE TEMP TABLE " + Sql.id(name) + " AS " + sql);
        return this;
    }

    /// Adds a table.
    ///
    /// @param time its time column; empty for none
    /// @param key its primary key; empty for none
    /// @param links `column->table`
    TestStore table(String name, String sql, String time, String key, String... links) {
        List<ForeignKey> keys = new ArrayList<>();
        StringBuilder select = new StringBuilder("SELECT row_number() OVER (ORDER BY "
                + (time.isEmpty() ? "1" : "s." + Sql.id(time) + " NULLS LAST") + ") - 1 AS __row");
        StringBuilder joins = new StringBuilder();
        for (int i = 0; i < links.length; i++) {
            String column = links[i].split("->")[0];
            String parent = links[i].split("->")[1];
            keys.add(new ForeignKey(List.of(column), parent));
            String parentKey = tables.stream()
                    .filter(t -> t.name().equals(parent))
                    .findFirst()
                    .orElseThrow()
                    .primaryKey()
                    .getFirst();
            select.append(", p").append(i).append(".__row AS __fk").append(i);
            joins.append(" LEFT JOIN main.%s p%d ON p%d.%s = s.%s"
                    .formatted(Sql.id(parent), i, i, Sql.id(parentKey), Sql.id(column)));
        }
        duck.execute("CREATE TABLE main." + Sql.id(name) + " AS " + select + ", s.* FROM (" + sql + ") s" + joins
                + " ORDER BY __row");
        tables.add(new Table(
                name,
                columns(name),
                key.isEmpty() ? List.of() : List.of(key),
                keys,
                time.isEmpty() ? Optional.empty() : Optional.of(time)));
        return this;
    }

    private List<Column> columns(String name) {
        List<Column> columns = new ArrayList<>();
        duck.query("SELECT * FROM main." + Sql.id(name) + " LIMIT 1", row -> {
            ResultSetMetaData shape = row.getMetaData();
            for (int c = 1; c <= shape.getColumnCount(); c++) {
                if (!shape.getColumnName(c).startsWith("__")) {
                    columns.add(new Column(shape.getColumnName(c), kind(shape.getColumnTypeName(c))));
                }
            }
            return true;
        });
        return columns;
    }

    private static ColumnKind kind(String type) {
        return switch (type) {
            case "BIGINT", "INTEGER", "DOUBLE", "HUGEINT" -> ColumnKind.NUMERIC;
            case "BOOLEAN" -> ColumnKind.BOOLEAN;
            case "VARCHAR" -> ColumnKind.CATEGORICAL;
            case "DATE", "TIMESTAMP" -> ColumnKind.TIMESTAMP;
            default ->
                throw new IllegalArgumentException(type.startsWith("DECIMAL") ? "cast decimals to double" : type);
        };
    }

    Database database() {
        return new Database(new Schema("test", tables, Optional.empty(), Optional.empty()), duck, List.of(), List.of());
    }

    Duck duck() {
        return duck;
    }

    @Override
    public void close() {
        duck.close();
    }
}
