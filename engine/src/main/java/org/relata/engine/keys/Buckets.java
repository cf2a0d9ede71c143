package org.relata.engine.keys;

import java.util.Arrays;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Rows by packed key: in bucket after bucket stand the rows that have one key, in order.
///
/// @param ids the bucket of a packed key, or -1
/// @param count how many buckets there are, some perhaps empty
/// @param starts where each bucket begins, and at the end how many rows there are
/// @param rows all rows, bucket by bucket
/// @param unique whether no bucket has two rows
record Buckets(Ids ids, int count, Ints starts, Ints rows, boolean unique) {
    /// Up to this many empty buckets a row are cheaper than hashing.
    private static final long SPARSE = 8;

    private static final long FEW = 1024;

    /// Finds buckets.
    @FunctionalInterface
    interface Ids {
        /// The bucket of a packed key, or -1.
        int of(long key);
    }

    /// Sorts rows into buckets, which come in the order of their packed keys.
    static Buckets of(Longs keys, int size, long range, Memory.Scope scope) {
        Ids ids;
        int count;
        if (range >= 0 && range <= Math.min(Integer.MAX_VALUE - 8, Math.max(FEW, SPARSE * size))) {
            ids = key -> (int) key;
            count = (int) range;
        } else {
            LongIds seen = new LongIds();
            for (int row = 0; row < size; row++) {
                seen.id(keys.get(row));
            }
            int[] places = places(seen, keys, size);
            count = seen.size();
            ids = key -> {
                int id = seen.find(key);
                return id < 0 ? -1 : places[id];
            };
        }
        Ints starts = Ints.of(scope, count + 1L);
        for (int row = 0; row < size; row++) {
            int bucket = ids.of(keys.get(row));
            starts.set(bucket + 1L, starts.get(bucket + 1L) + 1);
        }
        boolean unique = true;
        for (int bucket = 0; bucket < count; bucket++) {
            unique &= starts.get(bucket + 1L) <= 1;
            starts.set(bucket + 1L, starts.get(bucket + 1L) + starts.get(bucket));
        }
        Ints rows = Ints.unset(scope, size);
        // Filled from the back with the ends of the buckets, which become their starts.
        for (int row = size - 1; row >= 0; row--) {
            int bucket = ids.of(keys.get(row));
            int at = starts.get(bucket + 1L) - 1;
            starts.set(bucket + 1L, at);
            rows.set(at, row);
        }
        // What stands one to the right of its place moves left; the end comes anew.
        for (int bucket = 0; bucket < count; bucket++) {
            starts.set(bucket, starts.get(bucket + 1L));
        }
        starts.set(count, size);
        return new Buckets(ids, count, starts, rows, unique);
    }

    /// The place of each id in the order of the keys.
    private static int[] places(LongIds seen, Longs keys, int size) {
        long[] ordered = new long[seen.size()];
        boolean[] known = new boolean[seen.size()];
        for (int row = 0; row < size; row++) {
            int id = seen.find(keys.get(row));
            if (!known[id]) {
                known[id] = true;
                ordered[id] = keys.get(row);
            }
        }
        Arrays.sort(ordered);
        int[] places = new int[ordered.length];
        for (int place = 0; place < ordered.length; place++) {
            places[seen.find(ordered[place])] = place;
        }
        return places;
    }

    /// Where a bucket begins.
    int from(int bucket) {
        return starts.get(bucket);
    }

    /// Where a bucket ends.
    int to(int bucket) {
        return starts.get(bucket + 1L);
    }
}
