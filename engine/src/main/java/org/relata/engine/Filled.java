package org.relata.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.relata.algebra.run.RowWriter;
import org.relata.algebra.value.Attribute;
import org.relata.engine.EngineRunner.Filling;
import org.relata.engine.EngineRunner.Keys;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.KeySet;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Values;

/// Ways to fill a relation without an object a row.
@FunctionalInterface
interface Filled {
    /// Writes the values, and gives the keys that go with them.
    KeySet keys(Memory.Scope scope, Values values);

    /// Keys that count up.
    static Filled dense(String attribute, long from, int count, Filling rows) {
        return (_, values) -> {
            rows.fill(values);
            return new KeySet(List.of(Attribute.integer(attribute)), List.of(new Column.Dense(from, count, 1)), count);
        };
    }

    /// Keys that are given column by column.
    static Filled columns(List<String> attributes, List<Keys> keys, int count, Filling rows) {
        return bulk(attributes, count, (columns, values) -> {
            for (int column = 0; column < columns.size(); column++) {
                Longs numbers = columns.get(column);
                Keys source = keys.get(column);
                for (int row = 0; row < count; row++) {
                    numbers.set(row, source.at(row));
                }
            }
            rows.fill(values);
        });
    }

    /// Keys that come with the values.
    static Filled rows(List<String> attributes, int count, Consumer<RowWriter> rows) {
        return bulk(attributes, count, (columns, values) -> rows.accept(new Room(columns, values)));
    }

    /// Zeros, with the keys of another relation.
    static Filled zeros(Bound like) {
        return (scope, _) -> like.keys().copied(scope);
    }

    /// The keys and values of another relation.
    static Filled copy(Bound of) {
        return (scope, values) -> {
            MemorySegment from = of.values().segment();
            MemorySegment.copy(from, 0, values.segment(), 0, from.byteSize());
            return of.keys().copied(scope);
        };
    }

    private static Filled bulk(List<String> attributes, int count, Bulk bulk) {
        return (scope, values) -> {
            List<Longs> columns = new ArrayList<>();
            attributes.forEach(_ -> columns.add(Longs.unset(scope, count)));
            bulk.fill(columns, values);
            return new KeySet(
                    attributes.stream().map(Attribute::integer).toList(),
                    columns.stream()
                            .map(numbers -> Column.of(new Column.Stored(numbers), count))
                            .toList(),
                    count);
        };
    }

    /// Writes keys, which may be anything before, and values, which are zeros.
    @FunctionalInterface
    interface Bulk {
        void fill(List<Longs> keys, Values values);
    }
}
