package org.relata.sql.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.relata.algebra.value.Shape;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.ValueColumn;

/// How a program reads a relation of a model where its table stands: as it is, or by way of a view. With one row an
/// element, the view makes such rows, one view a tensor. With one column an element, it makes columns of the lists of a
/// table, one view for all of its relations, so that they still are read as one row: to be columns, elements need
/// names.
///
/// @param columns what is called how
/// @param read the value columns of a table that programs may read
public record TableReading(
        Dialect dialect, Layout layout, Columns columns, Function<Table, Collection<ValueColumn>> read) {
    /// Room for the rows of a view, in characters.
    private static final int WIDTH = 110;

    /// The view by way of which a relation is read.
    ///
    /// @param wish what it may be called, unless that is taken
    /// @param query that makes it
    public record View(String wish, String query) {}

    /// The view by way of which a relation is read, if it needs one; relations with equal views share one.
    public Optional<View> view(Input input) {
        Table table = input.table();
        if (inRows(input)) {
            String column = input.column().orElseThrow().name();
            return Optional.of(new View(table.name() + "_" + column + "_elements", rows(input)));
        }
        return unpacked(table) ? Optional.of(new View(table.name() + "_columns", named(table))) : Optional.empty();
    }

    private boolean inRows(Input input) {
        return input.column().isPresent()
                && !layout.axes(input.scan().type().shape()).isEmpty();
    }

    /// Whether lists of a table are read as columns.
    private boolean unpacked(Table table) {
        return read.apply(table).stream()
                .anyMatch(column -> column.shape().rank() > 0
                        && layout.axes(column.shape()).isEmpty()
                        && columns.whole(table, column).isPresent());
    }

    /// Where programs find the relation.
    ///
    /// @param view what the view is called, if there is one
    public Stored stored(Input input, String view) {
        List<String> keys = keys(input);
        List<String> conditions = conditions(input);
        String alias = input.table().name();
        if (inRows(input)) {
            List<String> names = names(input);
            List<String> longer = new ArrayList<>(keys);
            longer.addAll(names.subList(0, names.size() - 1));
            List<Integer> rowKey = IntStream.range(0, longer.size()).boxed().toList();
            return new Stored(
                    dialect.name(view), alias, longer, List.of(names.getLast()), rowKey, input.condition(), conditions);
        }
        List<Integer> rowKey = input.table().primaryKey().stream()
                .map(name -> input.scan().type().names().indexOf(name))
                .toList();
        boolean unpacked = unpacked(input.table());
        List<String> values = input.column()
                .map(column ->
                        unpacked ? requireNonNull(names(input.table()).get(column.name())) : elements(input, column))
                .orElse(List.of("1"));
        String from = unpacked ? dialect.name(view) : table(input);
        return new Stored(from, alias, keys, values, rowKey, input.condition(), conditions);
    }

    /// The table, as it is written.
    public String table(Input input) {
        return dialect.name(columns.table(input.table()));
    }

    /// The key columns, as they are written.
    public List<String> keys(Input input) {
        return input.scan().type().names().stream()
                .map(name -> column(input, name))
                .toList();
    }

    private List<String> conditions(Input input) {
        return input.read().stream().map(each -> column(input, each.name())).toList();
    }

    private String column(Input input, String name) {
        return column(input.table(), name);
    }

    private String column(Table table, String name) {
        return dialect.name(columns.column(table, name));
    }

    /// The text of each element of a value, last axis fastest.
    public List<String> elements(Input input, ValueColumn column) {
        return elements(input.table(), column);
    }

    private List<String> elements(Table table, ValueColumn column) {
        Shape shape = column.shape();
        Optional<String> whole = columns.whole(table, column).map(dialect::name);
        if (whole.isPresent() && shape.rank() == 0) {
            return List.of(whole.get());
        }
        int start = Integer.parseInt(dialect.word(Dialect.Word.FIRST));
        List<String> elements = new ArrayList<>();
        for (int position = 0; position < shape.size(); position++) {
            if (whole.isPresent()) {
                StringBuilder text = new StringBuilder(whole.get());
                int rest = position;
                List<Integer> indices = new ArrayList<>();
                for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                    indices.addFirst(rest % shape.extent(axis) + start);
                    rest /= shape.extent(axis);
                }
                indices.forEach(index -> text.append('[').append(index).append(']'));
                elements.add(text.toString());
            } else {
                int number = columns.first(table, column) + position;
                elements.add(column(table, column.name() + "_" + number));
            }
        }
        return elements;
    }

    /// The key and every value that is read, lists in columns.
    private String named(Table table) {
        List<String> selects = new ArrayList<>();
        table.keys()
                .forEach(key -> selects.add("s." + column(table, key.attribute().name())));
        SequencedMap<String, List<String>> names = names(table);
        for (ValueColumn column : read.apply(table)) {
            List<String> elements = elements(table, column);
            List<String> called = requireNonNull(names.get(column.name()));
            for (int index = 0; index < elements.size(); index++) {
                selects.add("s." + elements.get(index)
                        + (elements.get(index).equals(called.get(index)) ? "" : " AS " + called.get(index)));
            }
        }
        return "SELECT" + lines(selects).stripTrailing() + "\nFROM " + dialect.name(columns.table(table)) + " AS s";
    }

    /// What the elements of each value are called in a view of one column an element.
    private SequencedMap<String, List<String>> names(Table table) {
        Set<String> taken = new HashSet<>();
        table.keys()
                .forEach(key -> taken.add(plain(column(table, key.attribute().name()))));
        SequencedMap<String, List<String>> names = new LinkedHashMap<>();
        List<ValueColumn> lists = new ArrayList<>();
        for (ValueColumn column : read.apply(table)) {
            if (column.shape().rank() > 0 && columns.whole(table, column).isPresent()) {
                lists.add(column);
            } else {
                List<String> elements = elements(table, column);
                elements.forEach(each -> taken.add(plain(each)));
                names.put(column.name(), elements);
            }
        }
        for (ValueColumn column : lists) {
            List<String> called = new ArrayList<>();
            for (int position = 0; position < column.shape().size(); position++) {
                called.add(dialect.name(fresh(column.name() + "_" + position, taken)));
            }
            names.put(column.name(), called);
        }
        return names;
    }

    /// The key, what a condition reads, the indices of an element, and the element.
    private String rows(Input input) {
        ValueColumn column = input.column().orElseThrow();
        List<String> elements = elements(input, column);
        List<String> keys = keys(input);
        List<String> selects = new ArrayList<>();
        keys.forEach(key -> selects.add("s." + key));
        conditions(input).stream()
                .filter(each -> !keys.contains(each))
                .distinct()
                .forEach(each -> selects.add("s." + each));
        List<String> names = names(input);
        names.forEach(name -> selects.add("e." + name));
        List<List<String>> rows = new ArrayList<>();
        for (int position = 0; position < elements.size(); position++) {
            List<String> row = new ArrayList<>();
            Layout.indices(column.shape(), position).forEach(index -> row.add(index.toString()));
            row.add("s." + elements.get(position));
            rows.add(row);
        }
        return "SELECT " + String.join(", ", selects) + "\nFROM " + table(input) + " AS s\n" + each(rows, names);
    }

    /// The clause that puts several rows, called `e`, beside each row of the table.
    private String each(List<List<String>> rows, List<String> names) {
        String columns = String.join(", ", names);
        return switch (dialect.name()) {
            // VALUES does not see the table beside it there.
            case "spark" ->
                "LATERAL VIEW STACK(" + rows.size() + ","
                        + lines(rows.stream().map(row -> String.join(", ", row)).toList())
                        + ") e AS " + columns;
            default ->
                "CROSS JOIN LATERAL (VALUES"
                        + lines(rows.stream()
                                .map(row -> "(" + String.join(", ", row) + ")")
                                .toList())
                        + ") AS e (" + columns + ")";
        };
    }

    /// The parts behind a space, or on lines of their own if they are many.
    private static String lines(List<String> parts) {
        String whole = " " + String.join(", ", parts);
        if (whole.length() <= WIDTH - "CROSS JOIN LATERAL (VALUES".length()) {
            return whole;
        }
        StringBuilder text = new StringBuilder();
        int line = WIDTH;
        for (String part : parts) {
            if (line + part.length() > WIDTH) {
                text.append(text.isEmpty() ? "" : ",").append("\n    ").append(part);
                line = part.length();
            } else {
                text.append(", ").append(part);
                line += part.length() + 2;
            }
        }
        return text.append('\n').toString();
    }

    /// Names for the indices and the value of an element that no other column of the view has.
    private List<String> names(Input input) {
        Set<String> taken = new HashSet<>();
        keys(input).forEach(each -> taken.add(plain(each)));
        conditions(input).forEach(each -> taken.add(plain(each)));
        List<String> names = new ArrayList<>();
        for (int axis = 0; axis < layout.axes(input.scan().type().shape()).size(); axis++) {
            names.add(fresh(axis == 0 ? "i" : axis == 1 ? "j" : "i" + axis, taken));
        }
        names.add(fresh("v", taken));
        return names;
    }

    /// Databases take names without quotes for the same whatever their case, and some do with quotes.
    private String plain(String written) {
        return written.replace(String.valueOf(dialect.quote()), "").toLowerCase(Locale.ROOT);
    }

    private static String fresh(String wish, Set<String> taken) {
        String name = wish;
        while (!taken.add(name.toLowerCase(Locale.ROOT))) {
            name += "_";
        }
        return name;
    }
}
