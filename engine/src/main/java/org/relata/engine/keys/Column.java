package org.relata.engine.keys;

import java.util.Arrays;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;

/// One key attribute of every row. Strings stand as numbers of a [Strings].
public interface Column {
    /// How many rows to read at a time: as many as stay in the nearest cache.
    int BLOCK = 1024;

    /// The value in a row.
    long at(int row);

    /// Copies the values of some rows. Whoever needs all rows asks for blocks of them: a call a row costs more
    /// than what is done with the value.
    ///
    /// @param from the first row
    /// @param count how many
    default void read(int from, int count, long[] to) {
        for (int i = 0; i < count; i++) {
            to[i] = at(from + i);
        }
    }

    /// Values that are stored.
    record Stored(Longs values) implements Column {
        @Override
        public long at(int row) {
            return values.get(row);
        }

        @Override
        public void read(int from, int count, long[] to) {
            values.copy(from, to, count);
        }
    }

    /// An attribute of a dense array: it counts up every `stride` rows, and starts over after `count` values.
    record Dense(long from, long count, long stride) implements Column {
        @Override
        public long at(int row) {
            return from + row / stride % count;
        }

        @Override
        public void read(int first, int rows, long[] to) {
            long step = first % stride;
            long value = first / stride % count;
            for (int i = 0; i < rows; i++) {
                to[i] = from + value;
                if (++step == stride) {
                    step = 0;
                    value = value + 1 == count ? 0 : value + 1;
                }
            }
        }
    }

    /// A column of other rows.
    record Mapped(Column base, RowMap map) implements Column {
        @Override
        public long at(int row) {
            return base.at(map.at(row));
        }

        @Override
        public void read(int from, int count, long[] to) {
            switch (map) {
                case RowMap.Identity _ -> base.read(from, count, to);
                case RowMap.Single _ -> Arrays.fill(to, 0, count, base.at(0));
                case RowMap.Indexed(Ints rows) -> {
                    if (base instanceof Stored(Longs values)) {
                        for (int i = 0; i < count; i++) {
                            to[i] = values.get(rows.get(from + i));
                        }
                    } else if (base instanceof Dense(long first, long values, long stride) && stride == 1) {
                        for (int i = 0; i < count; i++) {
                            long row = rows.get(from + i);
                            to[i] = first + (row < values ? row : row % values); // to divide takes longer than the rest
                        }
                    } else {
                        for (int i = 0; i < count; i++) {
                            to[i] = base.at(rows.get(from + i));
                        }
                    }
                }
            }
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
        return dense.startsLike(column, rows) ? dense : column;
    }

    /// Whether the first rows have the same values as those of another column.
    default boolean startsLike(Column other, int rows) {
        if (equals(other)) {
            return true;
        }
        long[] mine = new long[BLOCK];
        long[] others = new long[BLOCK];
        for (int row = 0; row < rows; row += BLOCK) {
            int block = Math.min(BLOCK, rows - row);
            read(row, block, mine);
            other.read(row, block, others);
            if (!Arrays.equals(mine, 0, block, others, 0, block)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the values of the first rows only rise.
    default boolean isSorted(int rows) {
        long[] block = new long[BLOCK];
        long last = Long.MIN_VALUE;
        for (int row = 0; row < rows; row += BLOCK) {
            int count = Math.min(BLOCK, rows - row);
            read(row, count, block);
            for (int i = 0; i < count; i++) {
                if (block[i] < last) {
                    return false;
                }
                last = block[i];
            }
        }
        return true;
    }

    /// This column seen from other rows.
    default Column through(RowMap map) {
        return switch (map) {
            case RowMap.Identity _ -> this;
            case RowMap.Single _, RowMap.Indexed _ -> new Mapped(this, map);
        };
    }
}
