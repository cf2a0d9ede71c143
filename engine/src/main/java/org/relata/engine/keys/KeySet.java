package org.relata.engine.keys;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.value.Attribute;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// The keys of a relation, row by row.
///
/// @param attributes in key order
/// @param columns one for each
/// @param rows how many keys there are
public record KeySet(List<Attribute> attributes, List<Column> columns, int rows) {
    /// Copies.
    public KeySet {
        attributes = List.copyOf(attributes);
        columns = List.copyOf(columns);
    }

    /// The column of an attribute.
    public Column column(String name) {
        for (int index = 0; index < attributes.size(); index++) {
            if (attributes.get(index).name().equals(name)) {
                return columns.get(index);
            }
        }
        throw new IllegalArgumentException("no attribute " + name + " in " + attributes);
    }

    /// Whether rows are the same in the same order, as far as can be told without looking at them.
    public boolean sameRows(KeySet other) {
        if (rows != other.rows || columns.size() != other.columns.size()) {
            return false;
        }
        for (int index = 0; index < columns.size(); index++) {
            if (!columns.get(index).equals(other.columns.get(index))) {
                return false;
            }
        }
        return true;
    }

    /// Whether rows have the same keys in the same order.
    public boolean equalsAll(KeySet other) {
        if (!attributes.equals(other.attributes) || rows != other.rows) {
            return false;
        }
        for (int index = 0; index < columns.size(); index++) {
            if (!columns.get(index).startsLike(other.columns.get(index), rows)) {
                return false;
            }
        }
        return true;
    }

    /// The keys of some rows, or of rows in another order.
    public KeySet through(RowMap map, int count) {
        if (map instanceof RowMap.Identity) {
            return this;
        }
        List<Column> mapped = new ArrayList<>();
        columns.forEach(column -> mapped.add(column.through(map)));
        return new KeySet(attributes, mapped, count);
    }

    /// The same keys in memory of their own.
    public KeySet copied(Memory.Scope scope) {
        List<Column> copies = new ArrayList<>();
        for (Column column : columns) {
            if (column instanceof Column.Dense) {
                copies.add(column);
                continue;
            }
            Longs numbers = Longs.unset(scope, rows);
            long[] block = new long[Column.BLOCK];
            for (int row = 0; row < rows; row += Column.BLOCK) {
                int count = Math.min(Column.BLOCK, rows - row);
                column.read(row, count, block);
                numbers.copy(block, row, count);
            }
            copies.add(new Column.Stored(numbers));
        }
        return new KeySet(attributes, copies, rows);
    }
}
