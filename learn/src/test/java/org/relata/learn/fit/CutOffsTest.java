package org.relata.learn.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.Regime;
import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskType;
import org.relata.features.EntityTimes;

class CutOffsTest {
    private static final long DAY = 86_400_000_000L;
    private static final LocalDateTime V = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final LocalDateTime T = LocalDateTime.of(2021, 1, 1, 0, 0);
    private static final ForecastTask TASK = new ForecastTask(
            "t", TaskType.REGRESSION, "e", "e", "at", "y", Duration.ofDays(30), 12, V, T, List.of(), "SELECT 1");

    @Test
    void frozenTestRowsSeeNothingAfterTheTestTime() {
        long t = CutOffs.micros(T);
        TaskRows rows = new TaskRows(new long[] {0, 0, 0}, new long[] {t, t + 30 * DAY, t + 300 * DAY}, new double[0]);
        EntityTimes scored = CutOffs.of(TASK, Regime.FROZEN).scored(Split.TEST, rows);
        assertArrayEquals(new long[] {t, t, t}, scored.cutoff());
        assertArrayEquals(rows.seed(), scored.seed());
    }

    @Test
    void rollingTestRowsSeeUpToTheirOwnSeed() {
        long t = CutOffs.micros(T);
        TaskRows rows = new TaskRows(new long[] {0, 0}, new long[] {t, t + 30 * DAY}, new double[0]);
        CutOffs rolling = CutOffs.of(TASK, Regime.ROLLING);
        assertArrayEquals(rows.seed(), rolling.scored(Split.TEST, rows).cutoff());
        assertEquals(0, rolling.delays(rows, T));
    }

    @Test
    void trainingRowsAreAsStaleAsTestRowsAndNeverSeePastTheirSeed() {
        long t = CutOffs.micros(T);
        CutOffs frozen = CutOffs.of(TASK, Regime.FROZEN);
        TaskRows test = new TaskRows(new long[] {0}, new long[] {t + 11 * 30 * DAY}, new double[0]);
        int delays = frozen.delays(test, T);
        assertEquals(11, delays);
        long[] seeds = new long[500];
        java.util.Arrays.setAll(seeds, i -> CutOffs.micros(V) - (i + 1) * DAY);
        TaskRows train = new TaskRows(new long[500], seeds, new double[0]);
        boolean[] met = new boolean[delays + 1];
        for (int copy = 0; copy < 4; copy++) {
            EntityTimes stale = frozen.stale(train, delays, copy, 4);
            for (int i = 0; i < seeds.length; i++) {
                long back = (seeds[i] - stale.cutoff()[i]) / (30 * DAY);
                assertTrue(stale.cutoff()[i] <= seeds[i] && back <= delays, "delay " + back);
                met[(int) back] = true;
            }
        }
        for (int delay = 0; delay <= delays; delay++) {
            assertTrue(met[delay], "no training row is " + delay + " windows old");
        }
    }
}
