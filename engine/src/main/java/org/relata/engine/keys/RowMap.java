package org.relata.engine.keys;

import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Memory;

/// Which row of one relation a row of another reads.
public sealed interface RowMap {
    /// No row: what is read there counts as zero.
    int ABSENT = -1;

    /// The row that `row` reads, or [#ABSENT].
    int at(int row);

    /// Each row its own.
    record Identity() implements RowMap {
        @Override
        public int at(int row) {
            return row;
        }
    }

    /// All the first, and only, row.
    record Single() implements RowMap {
        @Override
        public int at(int row) {
            return 0;
        }
    }

    /// As listed.
    record Indexed(Ints rows) implements RowMap {
        private boolean hasAbsent(int count) {
            for (int row = 0; row < count; row++) {
                if (rows.get(row) == ABSENT) {
                    return true;
                }
            }
            return false;
        }

        /// The only row for those that read any: what is absent stays so.
        private Indexed single(int count, Memory.Scope scope) {
            Ints single = Ints.unset(scope, count);
            for (int row = 0; row < count; row++) {
                single.set(row, rows.get(row) == ABSENT ? ABSENT : 0);
            }
            return new Indexed(single);
        }

        @Override
        public int at(int row) {
            return rows.get(row);
        }
    }

    /// The map that lists `rows`, or the identity where that is what it is.
    ///
    /// @param count how many rows there are
    /// @param of how many rows there are to read
    static RowMap of(Ints rows, int count, int of) {
        if (count != of) {
            return new Indexed(rows);
        }
        for (int row = 0; row < count; row++) {
            if (rows.get(row) != row) {
                return new Indexed(rows);
            }
        }
        return new Identity();
    }

    /// The same, of a list that has an owner of its own: its memory is given back where no list is needed.
    static RowMap of(Ints rows, int count, int of, Memory.Scope apart, Memory.Scope scope) {
        RowMap map = of(rows, count, of);
        if (map instanceof Indexed) {
            scope.adopt(apart);
        } else {
            apart.close();
        }
        return map;
    }

    /// What is read by going on along another map.
    ///
    /// @param count how many rows this map has
    default RowMap then(RowMap next, int count, Memory.Scope scope) {
        return switch (next) {
            case Identity _ -> this;
            case Single _ ->
                this instanceof Indexed indexed && indexed.hasAbsent(count) ? indexed.single(count, scope) : next;
            case Indexed(Ints further) ->
                switch (this) {
                    case Identity _ -> next;
                    case Single _ -> {
                        Ints rows = Ints.unset(scope, count);
                        for (int row = 0; row < count; row++) {
                            rows.set(row, further.get(0));
                        }
                        yield new Indexed(rows);
                    }
                    case Indexed(Ints own) -> {
                        Ints rows = Ints.unset(scope, count);
                        for (int row = 0; row < count; row++) {
                            int middle = own.get(row);
                            rows.set(row, middle == ABSENT ? ABSENT : further.get(middle));
                        }
                        yield new Indexed(rows);
                    }
                };
        };
    }
}
