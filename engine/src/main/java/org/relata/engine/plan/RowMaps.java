package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Memory;

/// The row maps of a plan, each of them once: what reads the same rows is known to do so.
public final class RowMaps {
    private final Memory.Scope scope;
    private final Map<Composition, RowMap> compositions = new HashMap<>();
    private final Map<Long, List<RowMap.Indexed>> known = new HashMap<>();
    private final Map<Long, List<Column>> columns = new HashMap<>();

    private final Map<Through, Column> throughs = new HashMap<>();

    private final Map<RowMap, Boolean> ordered = new IdentityHashMap<>();

    private record Composition(RowMap first, RowMap then, int count) {}

    private record Through(Column column, RowMap map, int count) {}

    /// @param scope owns compositions
    public RowMaps(Memory.Scope scope) {
        this.scope = scope;
    }

    /// A map that lists the same rows, the same one for all.
    RowMap same(RowMap map, int count) {
        if (!(map instanceof RowMap.Indexed indexed)) {
            return map;
        }
        List<RowMap.Indexed> alike = known.computeIfAbsent(indexed.rows().hash(count), _ -> new ArrayList<>());
        for (RowMap.Indexed each : alike) {
            if (each.rows().startsLike(indexed.rows(), count)) {
                return each;
            }
        }
        alike.add(indexed);
        return map;
    }

    /// A column with the same values, the same one for all.
    Column same(Column column, int count) {
        long[] block = new long[Column.BLOCK];
        long hash = count;
        for (int from = 0; from < count; from += Column.BLOCK) {
            int size = Math.min(Column.BLOCK, count - from);
            column.read(from, size, block);
            for (int i = 0; i < size; i++) {
                hash = hash * 0x9E3779B97F4A7C15L + block[i];
            }
        }
        List<Column> alike = columns.computeIfAbsent(hash, _ -> new ArrayList<>());
        for (Column each : alike) {
            if (each.startsLike(column, count)) {
                return each;
            }
        }
        alike.add(column);
        return column;
    }

    /// A column seen from other rows: through one map only, and without it where values count up.
    Column through(Column column, RowMap map, int count) {
        Through key = new Through(column, map, count);
        Column seen = throughs.get(key);
        if (seen == null) {
            seen = seen(column, map, count);
            throughs.put(key, seen);
        }
        return seen;
    }

    private Column seen(Column column, RowMap map, int count) {
        Column base = column;
        RowMap whole = map;
        while (base instanceof Column.Mapped mapped) {
            base = mapped.base();
            whole = composed(whole, mapped.map(), count);
        }
        return whole instanceof RowMap.Identity ? base : Column.of(base.through(whole), count);
    }

    /// Whether rows are read one after the other, if some are left out.
    boolean isOrdered(RowMap map, int count) {
        return switch (map) {
            case RowMap.Identity _, RowMap.Single _ -> true;
            case RowMap.Indexed indexed -> ordered.computeIfAbsent(map, _ -> isOrdered(indexed, count));
        };
    }

    private static boolean isOrdered(RowMap.Indexed map, int count) {
        int last = 0;
        for (int row = 0; row < count; row++) {
            int at = map.at(row);
            if (at != RowMap.ABSENT && at < last) {
                return false;
            }
            last = Math.max(last, at);
        }
        return true;
    }

    /// A map followed by another.
    ///
    /// @param count rows of the first map
    RowMap composed(RowMap first, RowMap then, int count) {
        Composition key = new Composition(first, then, count);
        RowMap composed = compositions.get(key);
        if (composed == null) {
            RowMap plain = first.then(then, count, scope);
            composed = plain == first || plain == then ? plain : same(plain, count);
            compositions.put(key, composed);
        }
        return composed;
    }
}
