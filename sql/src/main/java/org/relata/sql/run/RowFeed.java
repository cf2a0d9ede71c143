package org.relata.sql.run;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.relata.algebra.run.RowWriter;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// The rows of a table, in the order of their keys, as they go from a database to a runner. Nothing holds more of them
/// than one.
final class RowFeed {
    private static final Set<Integer> INTEGERS = Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);

    /// Numbers of 32 bits, as both databases call them.
    private static final Set<Integer> SINGLE = Set.of(Types.REAL, Types.FLOAT);

    private final JdbcRows rows;
    private final String table;
    private final List<Attribute> key;
    private final Selection selection;

    /// @param key of integers
    /// @param selection of the key and, if there is one, of the value
    RowFeed(JdbcRows rows, String table, List<Attribute> key, Selection selection) {
        this.rows = rows;
        this.table = table;
        this.key = key;
        this.selection = selection;
    }

    void bind(String relation, Shape shape, Runner runner) {
        long count = rows.query("SELECT count(*) FROM " + JdbcRows.quoted(table), row -> row.getLong(1))
                .getFirst();
        if (count > Integer.MAX_VALUE) {
            throw new AlgebraException(
                    "table.size",
                    "table " + table,
                    "it has " + count + " rows, a relation in memory has at most " + Integer.MAX_VALUE,
                    "train in the database, or read a view with fewer rows");
        }
        List<String> names = key.stream().map(Attribute::name).toList();
        runner.bindRows(relation, names, (int) count, shape, room -> fill(room, (int) count, shape));
    }

    private void fill(RowWriter room, int count, Shape shape) {
        Filling filling = new Filling(room, count, shape);
        rows.each(selection.ordered(), filling::add);
        if (filling.row < count) {
            throw changed();
        }
    }

    private AlgebraException changed() {
        return new AlgebraException(
                "table.changed",
                "table " + table,
                "it was changed while it was read",
                "try again when nothing writes to it");
    }

    /// One row after the other.
    private final class Filling {
        private final RowWriter room;
        private final int count;
        private final double[] numbers;
        private final long[] last;
        private boolean[] integers = {};
        /// Whether values are read without an object.
        private boolean flat;

        private boolean[] single = {};
        private int row;

        Filling(RowWriter room, int count, Shape shape) {
            this.room = room;
            this.count = count;
            this.numbers = new double[shape.size()];
            this.last = new long[key.size()];
        }

        void add(ResultSet from) throws SQLException {
            if (row == count) {
                throw changed();
            }
            if (row == 0) {
                look(from.getMetaData());
            }
            boolean same = row > 0;
            for (int index = 0; index < last.length; index++) {
                long number = selection.number(from, index, integers[index]);
                same &= number == last[index];
                last[index] = number;
                room.key(index, row, number);
            }
            if (same) {
                throw JdbcTables.twice(table, at());
            }
            if (selection.size() == 0) {
                room.number(row, 0, 1);
            } else if (flat) {
                if (!selection.numbers(from, 0, single, numbers)) {
                    throw JdbcTables.missing(table, selection.name(0), at());
                }
                for (int element = 0; element < numbers.length; element++) {
                    room.number(row, element, numbers[element]);
                }
            } else {
                Tensor value = selection
                        .value(from, at(), 0)
                        .orElseThrow(() -> JdbcTables.missing(table, selection.name(0), at()));
                for (int element = 0; element < numbers.length; element++) {
                    room.number(row, element, value.at(element));
                }
            }
            row++;
        }

        /// Which columns can be read without an object a row.
        private void look(ResultSetMetaData columns) throws SQLException {
            integers = new boolean[key.size()];
            for (int index = 0; index < integers.length; index++) {
                integers[index] = INTEGERS.contains(columns.getColumnType(index + 1));
            }
            int[] numbered = selection.size() == 0 ? new int[0] : selection.flat(0);
            flat = numbered.length > 0;
            single = new boolean[numbered.length];
            for (int element = 0; element < numbered.length; element++) {
                int type = columns.getColumnType(numbered[element]);
                single[element] = SINGLE.contains(type);
                flat &= single[element] || type == Types.DOUBLE || INTEGERS.contains(type);
            }
        }

        private Key at() {
            List<Object> values = new ArrayList<>();
            for (long number : last) {
                values.add(number);
            }
            return new Key(values);
        }
    }
}
