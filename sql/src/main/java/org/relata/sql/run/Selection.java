package org.relata.sql.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// What a query of one table selects: keys first, then values.
final class Selection {
    private final JdbcTables tables;
    private final String table;
    private final List<Attribute> key;
    private final List<String> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>();
    private final List<Boolean> flat = new ArrayList<>();

    Selection(JdbcTables tables, String table, List<Attribute> key) {
        this.tables = tables;
        this.table = table;
        this.key = key;
        key.forEach(attribute -> columns.add(
                tables.column(table, attribute.name()).orElseThrow(() -> tables.noColumn(table, attribute.name()))));
    }

    void add(String name, Shape shape) {
        Optional<String> whole = tables.column(table, name);
        List<String> parts = whole.isPresent() ? List.of(whole.get()) : tables.elements(table, name, shape.size());
        if (whole.isEmpty() && parts.size() != shape.size()) {
            throw tables.noColumn(table, name);
        }
        places.add(
                IntStream.range(columns.size(), columns.size() + parts.size()).toArray());
        flat.add(whole.isEmpty() || shape.rank() == 0);
        names.add(name);
        shapes.add(shape);
        columns.addAll(parts);
    }

    String sql() {
        String selected =
                String.join(", ", columns.stream().map(JdbcRows::quoted).toList());
        return "SELECT " + (columns.isEmpty() ? "1" : selected) + " FROM " + JdbcRows.quoted(table);
    }

    /// The same in the order of keys.
    String ordered() {
        String by = String.join(
                ", ",
                columns.subList(0, key.size()).stream().map(JdbcRows::quoted).toList());
        return sql() + " ORDER BY " + by;
    }

    /// What a value column is called.
    String name(int index) {
        return names.get(index);
    }

    /// How many value columns there are.
    int size() {
        return shapes.size();
    }

    Key key(ResultSet row) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (int index = 0; index < key.size(); index++) {
            boolean integer = key.get(index).domain() == Attribute.Domain.INTEGER;
            Object value = row.getObject(index + 1);
            if (value == null || integer && !(value instanceof Number)) {
                throw noKey(value, index);
            }
            values.add(integer ? (Object) ((Number) value).longValue() : String.valueOf(row.getString(index + 1)));
        }
        return new Key(values);
    }

    private AlgebraException noKey(@Nullable Object value, int index) {
        return new AlgebraException(
                value == null ? "value.null" : "key.type",
                "table " + table + ", column " + columns.get(index),
                value == null ? "a row is NULL" : "'" + value + "' is no integer",
                value == null ? "delete such rows" : "declare the column as text");
    }

    /// An integer of the key, without an object for it.
    ///
    /// @param integers whether the column holds nothing else
    long number(ResultSet row, int index, boolean integers) throws SQLException {
        if (integers) {
            long number = row.getLong(index + 1);
            if (row.wasNull()) {
                throw noKey(null, index);
            }
            return number;
        }
        Object value = row.getObject(index + 1);
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw noKey(value, index);
    }

    /// The columns of a value, from 1 on, if each of its numbers has one; none otherwise.
    int[] flat(int index) {
        return flat.get(index)
                ? IntStream.of(places.get(index)).map(place -> place + 1).toArray()
                : new int[0];
    }

    /// Reads a value whose numbers have columns of their own.
    ///
    /// @param single which of these hold numbers of 32 bits: PostgreSQL would read 0.1 for what is next to it
    /// @return whether none of them is NULL
    boolean numbers(ResultSet row, int index, boolean[] single, double[] to) throws SQLException {
        int[] columns = places.get(index);
        for (int element = 0; element < columns.length; element++) {
            int column = columns[element] + 1;
            to[element] = single[element] ? row.getFloat(column) : row.getDouble(column);
            if (row.wasNull()) {
                return false;
            }
        }
        return true;
    }

    /// A value; none if it is NULL.
    Optional<Tensor> value(ResultSet row, Key at, int index) throws SQLException {
        List<Double> numbers = new ArrayList<>();
        for (int place : places.get(index)) {
            Object value = row.getObject(place + 1);
            if (value == null) {
                return Optional.empty();
            }
            JdbcRows.flatten(value, numbers);
        }
        if (numbers.size() != shapes.get(index).size()) {
            throw new AlgebraException(
                    "shape.mismatch",
                    "table " + table + ", column " + names.get(index),
                    "the row " + at + " holds " + numbers.size() + " numbers",
                    "the model declares " + shapes.get(index));
        }
        return Optional.of(Tensor.of(
                shapes.get(index),
                numbers.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}
