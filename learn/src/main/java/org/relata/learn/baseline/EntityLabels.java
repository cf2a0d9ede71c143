package org.relata.learn.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relata.database.task.TaskRows;

/// A prediction for each entity that has a label, in arrays sorted by entity: millions of them fit.
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
record EntityLabels(long[] entities, double[][] predictions) {
    static final EntityLabels NONE = new EntityLabels(new long[0], new double[0][]);

    static EntityLabels of(TaskRows rows, Summary summary) {
        // Entity in the upper half, position in the lower: sorts without boxing, and the labels of an entity stay in
        // the order
        // of the rows, so that sums come out the same.
        long[] order = new long[rows.size()];
        Arrays.setAll(order, i -> ((long) Math.toIntExact(rows.entity()[i]) << 32) | i);
        Arrays.sort(order);
        List<double[]> predictions = new ArrayList<>();
        for (int start = 0; start < order.length; ) {
            int end = start;
            while (end < order.length && order[end] >> 32 == order[start] >> 32) {
                end++;
            }
            double[] labels = new double[end - start];
            for (int i = start; i < end; i++) {
                labels[i - start] = rows.label()[(int) order[i]];
            }
            predictions.add(summary.of(labels));
            start = end;
        }
        long[] entities =
                Arrays.stream(order).map(packed -> packed >> 32).distinct().toArray();
        return new EntityLabels(entities, predictions.toArray(double[][]::new));
    }

    Optional<double[]> of(long entity) {
        int at = Arrays.binarySearch(entities, entity);
        return at < 0 ? Optional.empty() : Optional.of(predictions[at]);
    }
}
