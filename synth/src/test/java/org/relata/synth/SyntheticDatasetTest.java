package org.relata.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.synth.config.Choices;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.Preset;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.table.RowClock;
import org.relata.synth.table.TableShape;
import org.relata.synth.table.TableShape.ShownColumn;

final class SyntheticDatasetTest {
    /// More of them with `-Drelata.programs=1000`.
    private static final int SEEDS = Integer.getInteger("relata.programs", 250) / 25;

    @Test
    void threadsAndRunsOfRowsChangeNoCell() {
        Set<Integer> fingerprints = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            Config config = Collected.tiny(seed % 2 == 0 ? Config.defaults() : Preset.RICH.config())
                    .build();
            int one = Collected.of(SyntheticDataset.of(seed, config), 1).fingerprint();
            Config other = config.toBuilder()
                    .set(ScmParameters.PROPAGATE_BATCH_SIZE, 7 + (int) seed)
                    .build();
            assertEquals(one, Collected.of(SyntheticDataset.of(seed, other), 2).fingerprint(), "seed " + seed);
            assertEquals(one, Collected.of(SyntheticDataset.of(seed, config), 8).fingerprint(), "seed " + seed);
            fingerprints.add(one);
        }
        assertEquals(50, fingerprints.size());
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void everyDatabaseIsSound(Preset preset) {
        for (long seed = 0; seed < SEEDS; seed++) {
            SyntheticDataset dataset = SyntheticDataset.of(
                    seed, (seed % 4 == 0 ? Collected.small(preset.config()) : Collected.tiny(preset.config())).build());
            Collected all = Collected.of(dataset, 1);
            for (TableShape table : all.shapes.values()) {
                String place = preset + ", seed " + seed + ", " + table.name();
                assertTrue(
                        dataset.plan()
                                        .tables()
                                        .get(dataset.plan().indexOf(table.name()))
                                        .columns()
                                        .size()
                                >= 3,
                        place);
                for (ShownColumn column : table.columns()) {
                    List<String> cells = all.column(table.name(), column.name());
                    assertEquals(table.rows(), cells.size(), place);
                    sound(place + "." + column.name(), column, cells);
                }
                keysLeadToRows(all, table, place);
                timesCoverTheSpan(dataset, all, table, place);
            }
        }
    }

    private static void sound(String place, ShownColumn column, List<String> cells) {
        Set<String> values = new HashSet<>(cells);
        if (column.type() != TableShape.Type.KEY) {
            values.remove("");
            assertTrue(values.size() > 1, place + " is constant");
        }
        if (column.type() == TableShape.Type.REAL) {
            long missing = cells.stream().filter(String::isEmpty).count();
            assertTrue(missing <= cells.size() * 0.1, place + " misses " + missing + " of " + cells.size());
            values.forEach(v -> assertTrue(Double.isFinite(Double.parseDouble(v)), place + " holds " + v));
        } else if (column.type() != TableShape.Type.KEY && column.type() != TableShape.Type.LONG) {
            assertFalse(cells.contains(""), place + " misses a value");
        }
    }

    private static void keysLeadToRows(Collected all, TableShape table, String place) {
        table.foreignKeys().forEach(key -> {
            long parents = all.shapes.get(key.parent()).rows();
            for (String cell : all.column(table.name(), key.column())) {
                assertTrue(cell.isEmpty() ? key.nullable() : Long.parseLong(cell) < parents, place);
            }
        });
    }

    private static void timesCoverTheSpan(SyntheticDataset dataset, Collected all, TableShape table, String place) {
        if (table.timeColumn().isEmpty()) {
            return;
        }
        List<Long> times = all.column(table.name(), table.timeColumn().get()).stream()
                .map(Long::valueOf)
                .toList();
        assertEquals(times.stream().sorted().toList(), times, place);
        long from = RowClock.micros(dataset.plan().span().orElseThrow().from());
        long to = RowClock.micros(dataset.plan().span().orElseThrow().to());
        long slack = (to - from) / 50;
        assertTrue(times.getFirst() >= from && times.getFirst() <= from + slack, place);
        assertTrue(times.getLast() <= to && times.getLast() >= to - slack, place);
    }

    @Test
    void splitsFollowOneAnotherWithinTheSpan() {
        for (long seed = 0; seed < 100; seed++) {
            SyntheticDataset dataset = SyntheticDataset.of(seed, Config.defaults());
            assertTrue(dataset.plan().span().orElseThrow().from().isBefore(dataset.validationTime()));
            assertTrue(dataset.validationTime().isBefore(dataset.testTime()));
            assertTrue(dataset.testTime()
                    .isBefore(dataset.plan().span().orElseThrow().to()));
        }
    }

    @Test
    void aLongTableIsTheSameInAnyRuns() {
        Config config = Config.builder()
                .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(2, 2))
                .set(DatabaseParameters.NUM_ROWS_ENTITY_TABLE_CHOICES, Choices.range(66_000, 66_000))
                .set(DatabaseParameters.NUM_ROWS_ACTIVITY_TABLE_CHOICES, Choices.range(66_000, 66_000))
                .set(DatabaseParameters.NUM_COLS_CHOICES, Choices.range(3, 3))
                .set(ScmParameters.SCM_COL_NODE_PERC_CHOICES, Choices.range(1.0, 1.0))
                .build();
        int one = Collected.of(SyntheticDataset.of(4, config), 1).fingerprint();
        Config other = config.toBuilder()
                .set(ScmParameters.PROPAGATE_BATCH_SIZE, 10_001)
                .build();
        assertEquals(one, Collected.of(SyntheticDataset.of(4, other), 2).fingerprint());
    }

    @Test
    void aPlantedTaskSaysWhatCanBeReached() {
        Config config = Config.builder().set(TopParameters.PLANTED_TASKS, 1).build();
        Config noise =
                config.toBuilder().set(TopParameters.PLANTED_STRENGTH, 0.0).build();
        double known = SyntheticDataset.of(3, config)
                .generate(new Collected(), 1)
                .getFirst()
                .achievable();
        double chance = SyntheticDataset.of(3, noise)
                .generate(new Collected(), 1)
                .getFirst()
                .achievable();
        assertTrue(known > 0.75 && known < 1, "known " + known);
        assertEquals(0.5, chance, 1e-9);
    }
}
