package org.relata.engine.keys;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Keys that must be, or become, different from each other.
public final class Distinct {
    private Distinct() {}

    /// Fails if two rows have one key.
    public static void check(KeySet keys, String place, Strings strings, Memory.Scope scope) {
        try (Memory.Scope passing = scope.fresh()) {
            Packing packed = Packing.of(keys.columns(), keys.rows(), passing);
            Buckets buckets = Buckets.of(packed.left(), keys.rows(), packed.range(), passing);
            for (int bucket = 0; !buckets.unique() && bucket < buckets.count(); bucket++) {
                if (buckets.to(bucket) - buckets.from(bucket) > 1) {
                    int row = buckets.rows().get(buckets.from(bucket));
                    List<Object> values = new ArrayList<>();
                    for (int index = 0; index < keys.columns().size(); index++) {
                        long number = keys.columns().get(index).at(row);
                        boolean text = keys.attributes().get(index).domain() == Attribute.Domain.TEXT;
                        values.add(text ? strings.string(number) : (Object) number);
                    }
                    throw new AlgebraException(
                            "projection.merges",
                            place,
                            "the projection merges keys into " + new Key(values),
                            "put an aggregate over it");
                }
            }
        }
    }

    /// The keys that any of several relations has.
    ///
    /// @param keys each once
    /// @param maps for each relation, its row of each key, or [RowMap#ABSENT]
    public record Union(KeySet keys, List<RowMap> maps) {}

    /// Unites keys.
    public static Union union(List<KeySet> sets, Memory.Scope scope) {
        int all = sets.stream().mapToInt(KeySet::rows).reduce(0, Math::addExact);
        int attributes = sets.getFirst().attributes().size();
        List<Column> columns = new ArrayList<>();
        long[] block = new long[Column.BLOCK];
        for (int attribute = 0; attribute < attributes; attribute++) {
            Longs values = Longs.unset(scope, all);
            int at = 0;
            for (KeySet set : sets) {
                Column column = set.columns().get(attribute);
                for (int row = 0; row < set.rows(); row += Column.BLOCK) {
                    int count = Math.min(Column.BLOCK, set.rows() - row);
                    column.read(row, count, block);
                    values.copy(block, at + row, count);
                }
                at += set.rows();
            }
            columns.add(new Column.Stored(values));
        }
        Groups.Found found = Groups.of(columns, all, 1, scope);
        Groups groups = found.groups();
        List<Ints> rows = new ArrayList<>();
        for (KeySet _ : sets) {
            Ints each = Ints.of(scope, groups.count());
            for (int group = 0; group < groups.count(); group++) {
                each.set(group, RowMap.ABSENT);
            }
            rows.add(each);
        }
        for (int group = 0; group < groups.count(); group++) {
            for (int at = groups.starts().get(group); at < groups.starts().get(group + 1L); at++) {
                int row = groups.order().at(at);
                int set = 0;
                while (row >= sets.get(set).rows()) {
                    row -= sets.get(set++).rows();
                }
                rows.get(set).set(group, row);
            }
        }
        List<RowMap> maps = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            maps.add(RowMap.of(rows.get(set), groups.count(), sets.get(set).rows()));
        }
        return new Union(new KeySet(sets.getFirst().attributes(), found.keys(), groups.count()), maps);
    }
}
