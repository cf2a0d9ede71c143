package org.relata.learn.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relata.database.task.TaskRows;

/// Rows to fit on and later rows to judge by.
///
/// @param fit positions of rows whose labels were known before the first judged row was asked about
/// @param judge positions of the judged rows
@SuppressWarnings("ArrayRecordComponent") // positions in a table, never compared
record Fold(int[] fit, int[] judge) {
    private static final int FEWEST_ROWS = 200;

    /// Folds in time within training rows: the latest fifth, and the fifth before, each judged by a model of what came
    /// before. They say how a choice does in other years than validation's, which may be few and odd.
    ///
    /// @param rows training rows, sorted by seed
    /// @param window D in microseconds: labels of rows less than D before a judged row reach into its window
    /// @return none when the rows are too few to tell anything
    static List<Fold> backwards(TaskRows rows, long window) {
        List<Fold> folds = new ArrayList<>();
        int n = rows.size();
        long distinct = Arrays.stream(rows.seed()).distinct().count();
        if (n < 5 * FEWEST_ROWS || distinct < 10) {
            return folds;
        }
        for (int part = 4; part >= 3; part--) {
            long from = rows.seed()[(int) (n * (long) part / 5)];
            long to = part == 4 ? Long.MAX_VALUE : rows.seed()[(int) (n * (part + 1L) / 5)];
            int[] fit = positions(rows, Long.MIN_VALUE, from - window + 1);
            int[] judge = positions(rows, from, to);
            if (fit.length >= FEWEST_ROWS && judge.length >= FEWEST_ROWS) {
                folds.add(new Fold(fit, judge));
            }
        }
        return folds;
    }

    private static int[] positions(TaskRows rows, long from, long before) {
        int[] found = new int[rows.size()];
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.seed()[i] >= from && rows.seed()[i] < before) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
