package org.relata.learn.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relata.database.task.TaskRows;

class FoldTest {
    private static TaskRows rows(int count) {
        long[] seed = new long[count];
        Arrays.setAll(seed, i -> 100L * (i / 50));
        return new TaskRows(new long[count], seed, new double[count]);
    }

    @Test
    void labelsOfRowsThatAreLearnedFromAreKnownBeforeAnyJudgedRowIsAsked() {
        long window = 250;
        TaskRows rows = rows(3_000);
        List<Fold> folds = Fold.backwards(rows, window);
        assertEquals(2, folds.size());
        for (Fold fold : folds) {
            long lastKnown = Arrays.stream(fold.fit())
                    .mapToLong(i -> rows.seed()[i] + window)
                    .max()
                    .orElseThrow();
            long firstAsked = Arrays.stream(fold.judge())
                    .mapToLong(i -> rows.seed()[i])
                    .min()
                    .orElseThrow();
            assertTrue(lastKnown <= firstAsked, lastKnown + " > " + firstAsked);
        }
    }

    @Test
    void fewRowsGiveNoFolds() {
        assertTrue(Fold.backwards(rows(400), 100).isEmpty());
    }
}
