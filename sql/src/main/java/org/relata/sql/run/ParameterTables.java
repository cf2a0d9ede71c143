package org.relata.sql.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.ValueColumn;

/// Parameters as tables of the database under the names that a model declares.
///
/// A table that is not there is created; in one that is there, the values of rows are replaced, rows and the column are
/// added where they are missing, and everything else stays. All of it happens in one transaction.
public final class ParameterTables {
    private static final String INCOMING = "relata_incoming";

    private final JdbcTables tables;
    private final JdbcRows rows;

    /// Tables over an open connection, which stays the caller's.
    public ParameterTables(Connection connection) {
        this.tables = new JdbcTables(connection);
        this.rows = tables.rows();
    }

    /// Writes the values of parameters.
    ///
    /// @param values by the names of the parameters' relations
    public void write(Model model, Map<String, Relation> values) {
        Map<Input, Relation> columns = new LinkedHashMap<>();
        for (Input parameter : model.parameters()) {
            Relation value = values.get(parameter.relation());
            if (value == null) {
                throw new AlgebraException(
                        "parameter.missing", "parameter " + parameter.relation(), "it has no value", "give it one");
            }
            columns.put(parameter, value);
        }
        rows.together(() -> {
            for (Map.Entry<Input, Relation> each : columns.entrySet()) {
                write(each.getKey().table(), each.getKey().column().orElseThrow(), each.getValue());
            }
        });
    }

    private void write(Table table, ValueColumn column, Relation values) throws SQLException {
        if (!tables.exists(table.name())) {
            rows.execute(create(table));
        }
        tables.changed();
        String name = tables.spelled(table.name()).orElseThrow();
        String target = JdbcRows.quoted(name);
        if (!tables.holds(name, column)) {
            rows.execute("ALTER TABLE " + target + " ADD COLUMN " + JdbcRows.quoted(column.name()) + " "
                    + type(column.shape()));
            tables.changed();
        }
        rows.execute(
                "CREATE TEMPORARY TABLE " + INCOMING + " (" + rows.columns(values.attributes(), values.shape()) + ")");
        rows.insert(INCOMING, values);
        List<String> keys = table.keys().stream()
                .map(key -> tables.column(name, key.attribute().name()).orElseThrow())
                .map(JdbcRows::quoted)
                .toList();
        String same = keys.isEmpty()
                ? "TRUE"
                : String.join(
                        " AND ",
                        IntStream.range(0, keys.size())
                                .mapToObj(index -> "t." + keys.get(index) + " = n.k" + index)
                                .toList());
        Map<String, String> set = assignments(name, column);
        List<String> setting = new ArrayList<>();
        set.forEach((to, from) -> setting.add(to + " = " + from));
        rows.execute("UPDATE " + target + " AS t SET " + String.join(", ", setting) + " FROM " + INCOMING
                + " AS n WHERE " + same);
        List<String> to = new ArrayList<>(keys);
        List<String> from = new ArrayList<>();
        IntStream.range(0, keys.size()).forEach(index -> from.add("n.k" + index));
        to.addAll(set.keySet());
        from.addAll(set.values());
        String order = keys.isEmpty()
                ? ""
                : " ORDER BY "
                        + String.join(
                                ", ",
                                IntStream.rangeClosed(1, keys.size())
                                        .mapToObj(String::valueOf)
                                        .toList());
        rows.execute("INSERT INTO " + target + " (" + String.join(", ", to) + ") SELECT " + String.join(", ", from)
                + " FROM " + INCOMING + " AS n WHERE NOT EXISTS (SELECT 1 FROM " + target + " AS t WHERE " + same + ")"
                + order);
        rows.execute("DROP TABLE " + INCOMING);
    }

    /// What each column of a value is set to.
    private Map<String, String> assignments(String table, ValueColumn column) {
        Map<String, String> set = new LinkedHashMap<>();
        if (tables.column(table, column.name()).isPresent()) {
            String name = JdbcRows.quoted(tables.column(table, column.name()).get());
            set.put(name, whole(table, tables.column(table, column.name()).get(), column.shape()));
            return set;
        }
        List<String> elements =
                tables.elements(table, column.name(), column.shape().size());
        for (int position = 0; position < elements.size(); position++) {
            set.put(JdbcRows.quoted(elements.get(position)), "n.v[" + (position + 1) + "]");
        }
        return set;
    }

    /// A value in one piece; arrays come in flat.
    private String whole(String table, String column, Shape shape) {
        if (!rows.duck()) {
            return shape.rank() < 2
                    ? "n.v"
                    : "(SELECT array_agg(n.v[r * " + shape.extent(1) + " + 1 : (r + 1) * " + shape.extent(1)
                            + "] ORDER BY r) FROM generate_series(0, " + (shape.extent(0) - 1) + ") AS r)";
        }
        String type = rows.query(
                        "SELECT data_type FROM information_schema.columns WHERE table_name = ? AND column_name = ?"
                                + " AND table_schema = current_schema()",
                        row -> String.valueOf(row.getString(1)),
                        table,
                        column)
                .getFirst();
        String nested = shape.rank() < 2
                ? "n.v"
                : "[n.v[r * " + shape.extent(1) + " + 1 : (r + 1) * " + shape.extent(1) + "] FOR r IN range("
                        + shape.extent(0) + ")]";
        return "CAST(" + nested + " AS " + type + ")";
    }

    private String create(Table table) {
        List<String> columns = new ArrayList<>();
        table.keys()
                .forEach(
                        key -> columns.add(JdbcRows.quoted(key.attribute().name()) + " " + rows.type(key.attribute())));
        table.values().forEach(value -> columns.add(JdbcRows.quoted(value.name()) + " " + type(value.shape())));
        if (!table.primaryKey().isEmpty()) {
            columns.add("PRIMARY KEY ("
                    + String.join(
                            ", ",
                            table.primaryKey().stream().map(JdbcRows::quoted).toList())
                    + ")");
        }
        return "CREATE TABLE " + JdbcRows.quoted(table.name()) + " (" + String.join(", ", columns) + ")";
    }

    /// The type of a column that holds values of a shape.
    private String type(Shape shape) {
        StringBuilder type = new StringBuilder(rows.duck() ? "DOUBLE" : "DOUBLE PRECISION");
        // DuckDB writes the innermost extent first.
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            type.append('[')
                    .append(rows.duck() ? String.valueOf(shape.extent(axis)) : "")
                    .append(']');
        }
        return type.toString();
    }
}
