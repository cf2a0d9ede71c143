package org.relata.sql.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Table;
import org.relata.sql.write.Stored;

/// A table of the user's, read where it stands. A vector or matrix may be a list column, or one column an element named
/// `x_0`, `x_1`, … (or from `x_1` on), last axis fastest.
final class UserTable {
    private final Session session;
    private final Input input;
    private final Layout layout;
    private final String view;
    private final String name;
    private final String table;
    private final List<String> columns;

    /// @param view a name that is free, for a view with one row an element if that is needed
    UserTable(Session session, Input input, Layout layout, String view) {
        this.session = session;
        this.input = input;
        this.layout = layout;
        this.view = view;
        this.name = existing();
        this.table = session.dialect().name(name);
        this.columns = columns();
        check();
    }

    /// The table's name as the database spells it.
    private String existing() {
        String name = input.table().name();
        List<String> names = session.query(
                "SELECT table_name FROM information_schema.tables WHERE lower(table_name) = lower(" + literal(name)
                        + ") ORDER BY table_name",
                row -> row.getString(1));
        if (names.isEmpty()) {
            throw new AlgebraException(
                    "table.missing",
                    "table " + name,
                    "the database has no table of this name",
                    "create it, or correct the model file");
        }
        return names.contains(name) ? name : names.getFirst();
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private List<String> columns() {
        return session.query(
                "SELECT column_name FROM information_schema.columns WHERE table_name = "
                        + literal(name)
                        + " ORDER BY ordinal_position",
                row -> row.getString(1));
    }

    private Optional<String> find(String name) {
        return columns.stream()
                .filter(name::equals)
                .findFirst()
                .or(() -> columns.stream().filter(name::equalsIgnoreCase).findFirst())
                .map(session.dialect()::name);
    }

    private String column(String name) {
        return find(name)
                .orElseThrow(() -> new AlgebraException(
                        "column.missing",
                        "table " + input.table().name(),
                        "the database's table has no column " + name,
                        "it has " + String.join(", ", columns)));
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

    /// A key or value that is NULL would be silently left out of some joins and not of others.
    private void check() {
        List<String> named = new ArrayList<>(input.scan().type().names());
        input.column()
                .map(Table.ValueColumn::name)
                .filter(name -> find(name).isPresent())
                .ifPresent(named::add);
        List<String> counts = named.stream()
                .map(name -> "COUNT(*) - COUNT(" + column(name) + ")")
                .toList();
        if (counts.isEmpty()) {
            return;
        }
        session.query("SELECT " + String.join(", ", counts) + " FROM " + table, row -> {
            for (int index = 0; index < named.size(); index++) {
                if (row.getLong(index + 1) > 0) {
                    throw new AlgebraException(
                            "value.null",
                            "table " + input.table().name() + ", column " + named.get(index),
                            row.getLong(index + 1) + " rows are NULL",
                            "delete those rows, or read a view without them");
                }
            }
            return row;
        });
        for (Attribute attribute : input.scan().type().key()) {
            column(attribute.name());
        }
    }
}
