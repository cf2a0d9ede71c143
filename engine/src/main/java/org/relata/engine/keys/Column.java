package org.relata.engine.keys;

import org.relata.engine.memory.Longs;

/// One key attribute of every row. Strings stand as numbers of a [Strings].
public interface Column {
    /// The value in a row.
    long at(int row);

    /// Values that are stored.
    record Stored(Longs values) implements Column {
        @Override
        public long at(int row) {
            return values.get(row);
        }
    }

    /// An attribute of a dense array: it counts up every `stride` rows, and starts over after `count` values.
    record Dense(long from, long count, long stride) implements Column {
        @Override
        public long at(int row) {
            return from + row / stride % count;
        }
    }

    /// A column of other rows.
    record Mapped(Column base, RowMap map) implements Column {
        @Override
        public long at(int row) {
            return base.at(map.at(row));
        }
    }

    /// A term over the keys of one or two other relations.
    record Computed(TermCode term, RowMap left, RowMap right) implements Column {
        @Override
        public long at(int row) {
            return term.at(left.at(row), right.at(row));
        }
    }

    /// A column as an attribute of a dense array, if that is what it is.
    static Column of(Column column, int rows) {
        if (rows == 0 || column instanceof Dense) {
            return column;
        }
        long from = column.at(0);
        int stride = 1;
        while (stride < rows && column.at(stride) == from) {
            stride++;
        }
        long count = 1;
        while (count * stride < rows && column.at((int) (count * stride)) == from + count) {
            count++;
        }
        Dense dense = new Dense(from, count, stride);
        for (int row = 0; row < rows; row++) {
            if (column.at(row) != dense.at(row)) {
                return column;
            }
        }
        return dense;
    }

    /// This column seen from other rows.
    default Column through(RowMap map) {
        return switch (map) {
            case RowMap.Identity _ -> this;
            case RowMap.Single _, RowMap.Indexed _ -> new Mapped(this, map);
        };
    }
}
