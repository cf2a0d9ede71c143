package org.relata.features.oracle;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relata.database.Schema;
import org.relata.database.Table;

/// A small database in plain Java: a schema and the rows of each table in storage order.
public final class World {
    private final Schema schema;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();
    private final Map<String, String> types;
    private final Map<Row, Long> numbers = new IdentityHashMap<>();

    /// @param types the DuckDB type of each column, by `table.column`
    World(Schema schema, Map<String, List<Row>> rows, Map<String, String> types) {
        this.schema = schema;
        this.types = types;
        for (Table table : schema.tables()) {
            List<Row> sorted = Row.inStorageOrder(rows.get(table.name()));
            this.rows.put(table.name(), sorted);
            for (int i = 0; i < sorted.size(); i++) {
                numbers.put(sorted.get(i), (long) i);
            }
        }
    }

    public Schema schema() {
        return schema;
    }

    public List<Row> rows(String table) {
        return rows.get(table);
    }

    String type(String table, String column) {
        return types.get(table + "." + column);
    }

    /// The `__row` of a row.
    public long number(Row row) {
        return numbers.get(row);
    }

    /// How many rows there are in all tables.
    public int size() {
        return numbers.size();
    }

    /// Whether a row is one of this world's.
    public boolean has(@Nullable Row row) {
        return row != null && numbers.containsKey(row);
    }

    /// The world without the rows of timed tables that a condition does not keep; links to them are cut.
    public World keeping(Predicate<Row> kept) {
        Set<String> timed = schema.tables().stream()
                .filter(t -> t.timeColumn().isPresent())
                .map(Table::name)
                .collect(Collectors.toSet());
        Map<String, List<Row>> fewer = new LinkedHashMap<>();
        rows.forEach((table, all) -> fewer.put(
                table, timed.contains(table) ? all.stream().filter(kept).toList() : all));
        return new World(schema, fewer, types);
    }

    /// Cuts the links of kept rows to parents that are not kept.
    public void cutLinks(Predicate<Row> kept) {
        for (Table table : schema.tables()) {
            for (Row row : rows.get(table.name())) {
                for (int k = 0; k < row.parents.length; k++) {
                    Row parent = row.parents[k];
                    boolean timed = schema.require(table.foreignKeys().get(k).targetTable())
                            .timeColumn()
                            .isPresent();
                    if (parent != null && timed && !kept.test(parent)) {
                        row.parents[k] = null;
                    }
                }
            }
        }
    }

    /// The world with other rows added.
    public World adding(Map<String, List<Row>> more) {
        Map<String, List<Row>> all = new LinkedHashMap<>();
        rows.forEach((table, old) -> {
            List<Row> both = new ArrayList<>(old);
            both.addAll(more.getOrDefault(table, List.of()));
            all.put(table, both);
        });
        return new World(schema, all, types);
    }
}
