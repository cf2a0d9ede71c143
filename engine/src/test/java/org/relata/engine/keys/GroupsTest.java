package org.relata.engine.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Groups against those that a sorted map finds.
class GroupsTest {
    @TempDir
    private Path folder;

    private static Column stored(long[] values, Memory.Scope scope) {
        Longs longs = Longs.unset(scope, values.length);
        for (int row = 0; row < values.length; row++) {
            longs.set(row, values[row]);
        }
        return Column.of(new Column.Stored(longs), values.length);
    }

    private void check(long[][] columns, int rows, int least) {
        try (Memory memory = new Memory(1 << 24, folder);
                Memory.Scope scope = memory.scope()) {
            List<Column> by = new ArrayList<>();
            for (long[] values : columns) {
                by.add(stored(values, scope));
            }
            TreeMap<List<Long>, List<Integer>> expected = new TreeMap<>((one, other) -> {
                int order = 0;
                for (int index = 0; order == 0 && index < one.size(); index++) {
                    order = Long.compare(one.get(index), other.get(index));
                }
                return order;
            });
            for (int row = 0; row < rows; row++) {
                List<Long> key = new ArrayList<>();
                for (long[] values : columns) {
                    key.add(values[row]);
                }
                expected.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
            }
            expected.values().removeIf(each -> each.size() < least);
            Groups.Found found = Groups.of(by, rows, least, scope);
            Groups groups = found.groups();
            assertEquals(expected.size(), groups.count());
            assertEquals(expected.values().stream().mapToInt(List::size).sum(), groups.rows());
            TreeMap<List<Long>, List<Integer>> seen = new TreeMap<>(expected.comparator());
            for (int group = 0; group < groups.count(); group++) {
                List<Long> key = new ArrayList<>();
                for (Column column : found.keys()) {
                    key.add(column.at(group));
                }
                List<Integer> members = new ArrayList<>();
                for (int at = 0; at < groups.size(group); at++) {
                    members.add(groups.order().at(groups.starts().get(group) + at));
                }
                seen.put(key, members);
                assertEquals(members.getFirst(), groups.first().at(group));
            }
            assertEquals(expected, seen);
        }
    }

    @Test
    void rowsThatStandInOrderWithALastGroupThatIsShorter() {
        for (int rows : new int[] {1, 2, 9, 10, 11, 12}) {
            long[] values = new long[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = 5 + row / 3;
            }
            check(new long[][] {values}, rows, 1);
            check(new long[][] {values}, rows, 2);
        }
    }

    @Test
    void valuesThatStartOver() {
        long[] values = new long[24];
        for (int row = 0; row < values.length; row++) {
            values[row] = row / 2 % 4;
        }
        check(new long[][] {values}, values.length, 1);
    }

    @Test
    void noRows() {
        check(new long[][] {{}}, 0, 1);
        check(new long[][] {{}, {}}, 0, 1);
    }

    @Test
    void valuesAtRandomFewAndManyNearAndFar() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 60; round++) {
            int rows = 1 + random.nextInt(300);
            long[][] columns = new long[1 + random.nextInt(2)][rows];
            long bound = round % 3 == 0 ? Long.MAX_VALUE : 1 + random.nextInt(500);
            for (long[] values : columns) {
                for (int row = 0; row < rows; row++) {
                    values[row] = row > 0 && random.nextInt(4) == 0
                            ? values[row - 1]
                            : random.nextLong(bound == Long.MAX_VALUE ? Long.MIN_VALUE : -bound, bound);
                }
            }
            check(columns, rows, 1 + round % 2);
        }
    }

    @Test
    void manyRowsOfFewKeys() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 12; round++) {
            int rows = 1_000 + random.nextInt(300);
            long[][] columns = new long[1 + round % 2][rows];
            long bound = 1 + random.nextInt(8);
            for (long[] values : columns) {
                for (int row = 0; row < rows; row++) {
                    values[row] = round < 4 ? row / 200 : 3 * random.nextLong(-bound, bound);
                }
            }
            check(columns, rows, 1 + round / 10);
        }
    }
}
