package org.relata.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.algebra.value.Shape;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Seal;
import org.relata.engine.memory.Values;

/// A relation in memory that is its own.
///
/// @param version differs whenever keys or values do
/// @param seals of what stands in files and is not changed there
record Bound(KeySet keys, Shape shape, Values values, long version, Memory.Scope scope, List<Seal> seals) {
    /// What was written once.
    Bound(KeySet keys, Shape shape, Values values, long version, Memory.Scope scope) {
        this(keys, shape, values, version, scope, List.of());
    }

    /// The same, which will be known again where it stands in files.
    Bound sealed(String relation) {
        List<Seal> seals = new ArrayList<>();
        if (values.segment().isMapped()) {
            seals.add(new Seal("values of relation " + relation, values.segment()));
        }
        for (int index = 0; index < keys.columns().size(); index++) {
            if (keys.columns().get(index) instanceof Column.Stored(Longs numbers)
                    && numbers.segment().isMapped()) {
                String attribute = keys.attributes().get(index).name();
                seals.add(new Seal("key " + attribute + " of relation " + relation, numbers.segment()));
            }
        }
        return new Bound(keys, shape, values, version, scope, List.copyOf(seals));
    }

    /// The rows in which an attribute lies in a range.
    ///
    /// @param to is outside
    /// @param other version of the part
    /// @param apart owns it
    Bound part(String attribute, long from, long to, long other, Memory.Scope apart) {
        Column column = keys.column(attribute);
        Ints rows = Ints.unset(apart, keys.rows());
        int count = 0;
        for (int row = 0; row < keys.rows(); row++) {
            long value = column.at(row);
            if (value >= from && value < to) {
                rows.set(count++, row);
            }
        }
        RowMap map = new RowMap.Indexed(rows);
        return new Bound(keys.through(map, count), shape, gathered(map, count, apart), other, apart);
    }

    private Values gathered(RowMap map, int count, Memory.Scope apart) {
        Values some = Values.unset(apart, values.precision(), count, values.width());
        long bytes = Values.bytes(values.precision(), 1, values.width());
        if (values.width() == 1) {
            for (int row = 0; row < count; row++) {
                some.set(row, 0, values.get(map.at(row), 0));
            }
            return some;
        }
        for (int row = 0; row < count; row++) {
            MemorySegment.copy(values.segment(), map.at(row) * bytes, some.segment(), row * bytes, bytes);
        }
        return some;
    }

    /// The same in the order of an attribute; nothing where memory has no room for it twice.
    ///
    /// @param other version
    /// @param apart owns it
    Optional<Bound> arranged(String attribute, long other, Memory.Scope apart) {
        int rows = keys.rows();
        long bytes = Values.bytes(values.precision(), rows, values.width())
                + (long) rows * Long.BYTES * keys.columns().size();
        if (2 * bytes > apart.room()) {
            return Optional.empty();
        }
        try (Memory.Scope passing = apart.fresh()) {
            RowMap order = Groups.of(List.of(keys.column(attribute)), rows, 1, passing)
                    .groups()
                    .order();
            Values moved = gathered(order, rows, apart);
            return Optional.of(new Bound(keys.through(order, rows).copied(apart), shape, moved, other, apart));
        }
    }
}
