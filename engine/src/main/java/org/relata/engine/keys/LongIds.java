package org.relata.engine.keys;

import java.util.Arrays;

/// Numbers 0, 1, 2, … for integers, in the order in which they are first seen.
final class LongIds {
    private long[] keys = new long[64];
    private int[] ids = new int[64];
    private int size;

    LongIds() {
        Arrays.fill(ids, -1);
    }

    /// How many there are.
    int size() {
        return size;
    }

    /// The number of a key, which gets one if it has none.
    int id(long key) {
        int slot = slot(key);
        if (ids[slot] < 0) {
            if (2 * (size + 1) > ids.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            ids[slot] = size++;
        }
        return ids[slot];
    }

    /// The number of a key, or -1.
    int find(long key) {
        return ids[slot(key)];
    }

    private int slot(long key) {
        int mask = ids.length - 1;
        long mixed = (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (ids[slot] >= 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldIds = ids;
        keys = new long[2 * oldKeys.length];
        ids = new int[keys.length];
        Arrays.fill(ids, -1);
        for (int old = 0; old < oldIds.length; old++) {
            if (oldIds[old] >= 0) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                ids[slot] = oldIds[old];
            }
        }
    }
}
