package org.relata.sql.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.write.Stored;

/// A table of the user's, read where it stands. A vector or matrix may be a list column, or one column an element named
/// `x_0`, `x_1`, … (or from `x_1` on), last axis fastest.
final class UserTable {
    /// PostgreSQL selects at most 1,664 expressions.
    private static final int AT_ONCE = 1_000;

    private final Session session;
    private final JdbcTables tables;
    private final Input input;
    private final Layout layout;
    private final String view;
    private final String name;
    private final String table;

    /// @param view a name that is free, for a view with one row an element if that is needed
    UserTable(Session session, JdbcTables tables, Input input, Layout layout, String view) {
        this.session = session;
        this.input = input;
        this.layout = layout;
        this.view = view;
        this.tables = tables;
        this.name = tables.table(input.table().name());
        this.table = session.dialect().name(name);
        check();
    }

    private Optional<String> find(String column) {
        return tables.column(name, column).map(session.dialect()::name);
    }

    private String column(String column) {
        return find(column).orElseThrow(() -> tables.noColumn(name, column));
    }

    /// Where programs find the relation.
    Stored stored() {
        List<String> keys =
                input.scan().type().names().stream().map(this::column).toList();
        List<Integer> rowKey = input.table().primaryKey().stream()
                .map(name -> input.scan().type().names().indexOf(name))
                .toList();
        List<String> read =
                input.read().stream().map(each -> column(each.name())).toList();
        Shape shape = input.scan().type().shape();
        String alias = input.table().name();
        if (input.column().isEmpty()) {
            return new Stored(table, alias, keys, List.of("1"), rowKey, input.condition(), read);
        }
        List<String> elements = elements(input.column().get().name(), shape);
        if (layout == Layout.WIDE || shape.size() == 1) {
            return new Stored(table, alias, keys, elements, rowKey, input.condition(), read);
        }
        return elementRows(keys, elements, shape, alias, read);
    }

    /// The text of each element.
    private List<String> elements(String name, Shape shape) {
        Optional<String> whole = find(name);
        List<String> elements = new ArrayList<>();
        int first = whole.isPresent() || find(name + "_0").isPresent() ? 0 : 1;
        for (int position = 0; position < shape.size(); position++) {
            if (shape.rank() == 0 && whole.isPresent()) {
                elements.add(whole.get());
            } else if (whole.isPresent()) {
                StringBuilder text = new StringBuilder(whole.get());
                int rest = position;
                List<Integer> indices = new ArrayList<>();
                for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                    indices.addFirst(rest % shape.extent(axis) + 1);
                    rest /= shape.extent(axis);
                }
                indices.forEach(index -> text.append('[').append(index).append(']'));
                elements.add(text.toString());
            } else {
                elements.add(column(name + "_" + (first + position)));
            }
        }
        return elements;
    }

    /// A view of the session with one row an element.
    private Stored elementRows(List<String> keys, List<String> elements, Shape shape, String alias, List<String> read) {
        List<Integer> axes = layout.axes(shape);
        List<String> selects = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int position = 0; position < elements.size(); position++) {
            List<String> row = new ArrayList<>();
            Layout.indices(shape, position).forEach(index -> row.add(index.toString()));
            row.add("s." + elements.get(position));
            values.add("(" + String.join(", ", row) + ")");
        }
        List<String> indexNames = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            indexNames.add("relata_i" + axis);
        }
        keys.forEach(key -> selects.add("s." + key));
        read.stream().filter(each -> !keys.contains(each)).distinct().forEach(each -> selects.add("s." + each));
        indexNames.forEach(index -> selects.add("e." + index));
        selects.add("e.relata_v");
        session.execute("CREATE OR REPLACE TEMPORARY VIEW " + view + " AS SELECT " + String.join(", ", selects)
                + " FROM " + table + " AS s CROSS JOIN LATERAL (VALUES " + String.join(", ", values) + ") AS e("
                + String.join(", ", indexNames) + ", relata_v)");
        List<String> longer = new ArrayList<>(keys);
        longer.addAll(indexNames);
        List<Integer> rowKey = IntStream.range(0, longer.size()).boxed().toList();
        return new Stored(view, alias, longer, List.of("relata_v"), rowKey, input.condition(), read);
    }

    /// A key or value that is NULL would be silently left out of some joins and sums and not of others. So would what
    /// lacks
    /// in a list that is too short.
    private void check() {
        Map<String, String> counted = new LinkedHashMap<>();
        for (String key : input.scan().type().names()) {
            counted.put(column(key), key);
        }
        input.column()
                .ifPresent(value -> elements(value.name(), input.scan().type().shape())
                        .forEach(element -> counted.put(element, value.name())));
        List<String> expressions = List.copyOf(counted.keySet());
        for (int from = 0; from < expressions.size(); from += AT_ONCE) {
            nulls(expressions.subList(from, Math.min(from + AT_ONCE, expressions.size())), counted);
        }
    }

    private void nulls(List<String> expressions, Map<String, String> columns) {
        List<String> counts = expressions.stream()
                .map(each -> "COUNT(*) - COUNT(" + each + ")")
                .toList();
        Shape shape = input.scan().type().shape();
        session.query("SELECT " + String.join(", ", counts) + " FROM " + table, row -> {
            for (int index = 0; index < expressions.size(); index++) {
                if (row.getLong(index + 1) > 0) {
                    throw new AlgebraException(
                            "value.null",
                            "table " + name + ", column " + columns.get(expressions.get(index)),
                            row.getLong(index + 1) + " rows are NULL"
                                    + (shape.rank() == 0 ? "" : ", or lack elements of " + shape),
                            "delete those rows, or read a view without them");
                }
            }
            return row;
        });
    }
}
