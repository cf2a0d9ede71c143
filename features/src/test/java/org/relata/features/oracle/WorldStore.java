package org.relata.features.oracle;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Writes a [World] into a real store, in the layout of [Database].
public final class WorldStore {
    private WorldStore() {}

    /// Opens a new store in a folder. The caller closes it.
    public static Duck open(Path folder, int threads) {
        return Duck.open(folder.resolve("store.duckdb"), 512L << 20, threads);
    }

    /// Fills an open store with a world, instead of what it held: many small worlds can share one file.
    public static Database fill(Duck duck, World world) {
        duck.execute("BEGIN");
        duck.query(
                        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal",
                        row -> row.getString(1))
                .forEach(name -> duck.execute("DROP TABLE main." + Sql.id(name)));
        for (Table table : world.schema().tables()) {
            StringBuilder create = new StringBuilder("CREATE TABLE main." + Sql.id(table.name()) + " (__row BIGINT");
            for (int k = 0; k < table.foreignKeys().size(); k++) {
                create.append(", ").append(Database.foreignKeyColumn(k)).append(" BIGINT");
            }
            for (Column column : table.columns()) {
                create.append(", ")
                        .append(Sql.id(column.name()))
                        .append(' ')
                        .append(world.type(table.name(), column.name()));
            }
            duck.execute(create + ")");
            List<Row> rows = world.rows(table.name());
            if (!rows.isEmpty()) {
                duck.execute("INSERT INTO main." + Sql.id(table.name()) + " VALUES "
                        + rows.stream().map(row -> tuple(world, table, row)).collect(Collectors.joining(",\n")));
            }
        }
        duck.execute("COMMIT");
        return new Database(world.schema(), duck, List.of(), List.of());
    }

    private static String tuple(World world, Table table, Row row) {
        StringBuilder tuple = new StringBuilder("(" + world.number(row));
        for (Row parent : row.parents) {
            tuple.append(", ").append(parent != null && world.has(parent) ? world.number(parent) : "NULL");
        }
        for (int c = 0; c < table.columns().size(); c++) {
            String name = table.columns().get(c).name();
            boolean own = table.timeColumn().filter(name::equals).isPresent();
            boolean identity = table.primaryKey().contains(name);
            Object value = identity ? (Object) (double) world.number(row) : own ? row.time : row.values[c];
            tuple.append(", ").append(literal(value, world.type(table.name(), name)));
        }
        return tuple + ")";
    }

    private static String literal(@Nullable Object value, String type) {
        return switch (value) {
            case null -> "NULL";
            case Long micros -> Sql.timestamp(time(micros));
            case Double number when !Double.isFinite(number) -> Sql.text(String.valueOf(number)) + "::DOUBLE";
            case Double number -> "CAST(" + number + " AS " + type + ")";
            case Integer code -> code.toString();
            case Boolean flag -> flag.toString();
            case String text -> Sql.text(text);
            case List<?> list ->
                list.stream()
                        .map(element -> element instanceof String text ? Sql.text(text) : element.toString())
                        .collect(Collectors.joining(", ", "CAST([", "] AS " + type + ")"));
            default -> throw new IllegalArgumentException("no literal for " + value);
        };
    }

    /// Microseconds since the epoch as a time without zone.
    public static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
    }
}
