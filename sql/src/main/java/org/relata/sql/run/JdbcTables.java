package org.relata.sql.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.relata.algebra.kernel.KernelContext;
import org.relata.algebra.kernel.KernelOrder;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Table.ValueColumn;
import org.relata.sql.parse.ShapeSource;

/// The tables of a model in DuckDB or PostgreSQL, read into memory. A vector or matrix is a column of arrays, or one
/// column an element, named `x_0`, `x_1`, … or from `x_1` on, last axis fastest.
public final class JdbcTables implements ShapeSource {
    private final JdbcRows rows;
    private final Map<String, List<String>> known = new TreeMap<>();

    /// Tables over an open connection, which stays the caller's.
    public JdbcTables(Connection connection) {
        this.rows = new JdbcRows(connection);
    }

    JdbcRows rows() {
        return rows;
    }

    /// Whether the database has a table or view of this name.
    public boolean exists(String table) {
        return spelled(table).isPresent();
    }

    @Override
    public Optional<Shape> shape(String table, String column) {
        Optional<String> there = spelled(table);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> whole = column(there.get(), column);
        if (whole.isEmpty()) {
            int wide = elements(there.get(), column, Integer.MAX_VALUE).size();
            return wide == 0 ? Optional.empty() : Optional.of(Shape.of(wide));
        }
        String name = JdbcRows.quoted(whole.get());
        return rows
                .query(
                        "SELECT " + name + " FROM " + JdbcRows.quoted(there.get()) + " WHERE " + name
                                + " IS NOT NULL LIMIT 1",
                        row -> shape(row.getObject(1)))
                .stream()
                .findFirst();
    }

    /// What a scan of a model reads: all rows, or those that its condition keeps.
    public Relation read(Input input) {
        List<Attribute> key = input.scan().type().key();
        Shape shape = input.scan().type().shape();
        String table = table(input.table().name());
        Selection selection = new Selection(this, table, key);
        input.column().ifPresent(column -> selection.add(column.name(), shape));
        input.read().forEach(column -> selection.add(column.name(), column.shape()));
        NavigableMap<Key, Tensor> tuples = new TreeMap<>();
        Optional<KernelOrder> condition = input.condition().map(KernelOrder::new);
        rows.query(selection.sql(), row -> {
            Key at = selection.key(row);
            Tensor value = input.column().isPresent()
                    ? selection.value(row, at, 0).orElseThrow(() -> missing(table, selection.name(0), at))
                    : Tensor.scalar(1);
            List<Tensor> read = new ArrayList<>();
            for (int index = input.column().isPresent() ? 1 : 0; index < selection.size(); index++) {
                String name = selection.name(index);
                read.add(selection.value(row, at, index).orElseThrow(() -> missing(table, name, at)));
            }
            boolean kept = condition
                    .map(kernel -> kernel.evaluate(KernelContext.of(read.toArray(Tensor[]::new)))
                                    .number()
                            != 0)
                    .orElse(true);
            if (kept && tuples.put(at, value) != null) {
                throw twice(table, at);
            }
            return at;
        });
        return new Relation(key, shape, tuples);
    }

    /// Binds what a scan of a model reads. Where keys are integers and all rows are wanted, rows go one by one from the
    /// database to where the runner keeps them.
    public void bind(Input input, Runner runner) {
        List<Attribute> key = input.scan().type().key();
        boolean integers =
                !key.isEmpty() && key.stream().allMatch(attribute -> attribute.domain() == Attribute.Domain.INTEGER);
        if (runner.keepsRows() && integers && input.condition().isEmpty()) {
            feed(input, runner);
        } else {
            runner.bind(input.relation(), read(input));
        }
    }

    /// Binds a relation with integer keys row by row.
    void feed(Input input, Runner runner) {
        List<Attribute> key = input.scan().type().key();
        String table = table(input.table().name());
        Selection selection = new Selection(this, table, key);
        Shape shape = input.scan().type().shape();
        input.column().ifPresent(column -> selection.add(column.name(), shape));
        new RowFeed(rows, table, key, selection).bind(input.relation(), shape, runner);
    }

    /// The rows that a parameter has already, each with its value unless that is NULL or the column is not there yet;
    /// empty if the table is not there.
    public Optional<Map<Key, Optional<Tensor>>> rows(Input parameter) {
        Optional<String> table = spelled(parameter.table().name());
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Selection selection =
                new Selection(this, table.get(), parameter.scan().type().key());
        ValueColumn column = parameter.column().orElseThrow();
        boolean there = holds(table.get(), column);
        if (there) {
            selection.add(column.name(), column.shape());
        }
        Map<Key, Optional<Tensor>> result = new TreeMap<>();
        rows.query(selection.sql(), row -> {
            Key at = selection.key(row);
            result.put(at, there ? selection.value(row, at, 0) : Optional.empty());
            return at;
        });
        return Optional.of(result);
    }

    /// The values that a key column of a table takes, each as a key of its own.
    public NavigableSet<Key> values(String table, String column) {
        String there = table(table);
        String name = JdbcRows.quoted(column(there, column).orElseThrow(() -> noColumn(there, column)));
        NavigableSet<Key> values = new TreeSet<>();
        rows.query(
                "SELECT DISTINCT " + name + " FROM " + JdbcRows.quoted(there) + " WHERE " + name + " IS NOT NULL",
                row -> values.add(Key.of(
                        row.getObject(1) instanceof Number number
                                ? (Object) number.longValue()
                                : String.valueOf(row.getString(1)))));
        return values;
    }

    /// The name of a table as the database spells it.
    Optional<String> spelled(String table) {
        List<String> names = rows.query(
                "SELECT table_name FROM information_schema.tables WHERE lower(table_name) = lower(?)"
                        + " AND table_schema = current_schema() ORDER BY table_name",
                row -> String.valueOf(row.getString(1)),
                table);
        return names.contains(table) ? Optional.of(table) : names.stream().findFirst();
    }

    /// The name of a table that has to be there, as the database spells it.
    String table(String name) {
        return spelled(name)
                .orElseThrow(() -> new AlgebraException(
                        "table.missing",
                        "table " + name,
                        "the database has no table of this name",
                        "create it, or correct the model file"));
    }

    /// The name of a column as the database spells it.
    Optional<String> column(String table, String column) {
        List<String> names = known.computeIfAbsent(
                table,
                name -> rows.query(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = ?"
                                + " AND table_schema = current_schema() ORDER BY ordinal_position",
                        row -> String.valueOf(row.getString(1)),
                        name));
        return names.contains(column)
                ? Optional.of(column)
                : names.stream().filter(column::equalsIgnoreCase).findFirst();
    }

    /// Forgets what columns tables have.
    void changed() {
        known.clear();
    }

    /// The columns of a tensor that has one an element; none if they are not there.
    List<String> elements(String table, String column, int most) {
        int first = column(table, column + "_0").isPresent() ? 0 : 1;
        List<String> elements = new ArrayList<>();
        for (int index = first; elements.size() < most; index++) {
            Optional<String> element = column(table, column + "_" + index);
            if (element.isEmpty()) {
                break;
            }
            elements.add(element.get());
        }
        return elements;
    }

    /// Whether a table has a value column, in one piece or in elements.
    boolean holds(String table, ValueColumn column) {
        return column(table, column.name()).isPresent()
                || elements(table, column.name(), column.shape().size()).size()
                        == column.shape().size();
    }

    /// The error of a column that has to be there.
    AlgebraException noColumn(String table, String column) {
        return new AlgebraException(
                "column.missing",
                "table " + table,
                "the database's table has no column " + column,
                "it has " + String.join(", ", known.getOrDefault(table, List.of())));
    }

    static AlgebraException twice(String table, Key at) {
        return new AlgebraException(
                "table.key",
                "table " + table,
                "two rows have the key " + at,
                "give every row a key of its own, or declare the columns that tell them apart");
    }

    static AlgebraException missing(String table, String column, Key at) {
        return new AlgebraException(
                "value.null",
                "table " + table + ", column " + column,
                "the row " + at + " is NULL",
                "delete such rows, or read a view without them");
    }

    private static Shape shape(Object value) throws SQLException {
        List<Integer> extents = new ArrayList<>();
        Object inner = value;
        while (true) {
            if (inner instanceof java.sql.Array array) {
                inner = array.getArray();
            } else if (inner instanceof Object[] parts && parts.length > 0) {
                extents.add(parts.length);
                inner = parts[0];
            } else {
                return new Shape(extents);
            }
        }
    }
}
