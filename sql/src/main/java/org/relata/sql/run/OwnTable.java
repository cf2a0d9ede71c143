package org.relata.sql.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.layout.Layout;
import org.relata.sql.write.Dialect;
import org.relata.sql.write.Stored;

/// How a relation of the given key and shape stands in a table of ours: key attributes, index columns, value columns.
///
/// @param key attributes
/// @param shape of values
record OwnTable(Dialect dialect, Layout layout, List<Attribute> key, Shape shape) {
    /// The columns with their types.
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (int index = 0; index < key.size(); index++) {
            columns.add("k" + index + " "
                    + dialect.word(
                            key.get(index).domain() == Attribute.Domain.INTEGER
                                    ? Dialect.Word.INTEGER
                                    : Dialect.Word.TEXT));
        }
        for (int axis = 0; axis < layout.axes(shape).size(); axis++) {
            columns.add("i" + axis + " " + dialect.word(Dialect.Word.INTEGER));
        }
        for (int element = 0; element < layout.columns(shape); element++) {
            columns.add("v" + element + " " + dialect.word(Dialect.Word.REAL));
        }
        return columns;
    }

    /// The statement that makes the table.
    String create(String table) {
        return dialect.word(Dialect.Word.TABLE) + " " + table + " (" + String.join(", ", columns()) + ")";
    }

    /// How programs read the table.
    Stored stored(String table, String alias) {
        List<String> names = columns().stream()
                .map(column -> column.substring(0, column.indexOf(' ')))
                .toList();
        return stored(table, alias, names);
    }

    /// How programs read a table with other names for the columns.
    Stored stored(String table, String alias, List<String> names) {
        int keys = key.size() + layout.axes(shape).size();
        return new Stored(table, alias, names.subList(0, keys), names.subList(keys, names.size()));
    }

    /// The rows of a relation.
    Iterable<List<Object>> rows(Relation data) {
        return () -> data.tuples().entrySet().stream()
                .flatMap(tuple -> {
                    double[] numbers = tuple.getValue().toArray();
                    if (layout == Layout.WIDE) {
                        List<Object> row = new ArrayList<>(tuple.getKey().values());
                        Arrays.stream(numbers).forEach(row::add);
                        return Stream.of(row);
                    }
                    return IntStream.range(0, numbers.length).mapToObj(position -> {
                        List<Object> row = new ArrayList<>(tuple.getKey().values());
                        Layout.indices(shape, position).forEach(index -> row.add((long) index));
                        row.add(numbers[position]);
                        return row;
                    });
                })
                .iterator();
    }

    /// The relation in a table.
    Relation read(Session session, Stored stored) {
        List<String> columns = new ArrayList<>(stored.keys());
        columns.addAll(stored.values());
        String sql =
                "SELECT " + (columns.isEmpty() ? "1" : String.join(", ", columns)) + " FROM " + stored.from() + " AS s";
        List<Integer> axes = layout.axes(shape);
        Map<Key, double[]> read = new TreeMap<>();
        Map<Key, boolean[]> seen = new TreeMap<>();
        session.query(sql, row -> {
            List<Object> values = new ArrayList<>();
            int column = 1;
            for (Attribute attribute : key) {
                values.add(
                        attribute.domain() == Attribute.Domain.INTEGER
                                ? (Object) row.getLong(column)
                                : row.getString(column));
                column++;
            }
            Key at = new Key(values);
            int position = 0;
            for (int extent : axes) {
                position = position * extent + (int) row.getLong(column++);
            }
            double[] numbers = read.computeIfAbsent(at, absent -> new double[shape.size()]);
            boolean[] here = seen.computeIfAbsent(at, absent -> new boolean[shape.size()]);
            for (int element = 0; element < layout.columns(shape); element++) {
                int place = position + element;
                if (here[place]) {
                    throw new AlgebraException(
                            "projection.merges",
                            stored.alias(),
                            "the projection merges keys into " + at,
                            "put an aggregate over it");
                }
                here[place] = true;
                numbers[place] = row.getDouble(column++);
            }
            return at;
        });
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        read.forEach((at, numbers) -> tuples.put(at, Tensor.of(shape, numbers)));
        return new Relation(key, shape, tuples);
    }
}
