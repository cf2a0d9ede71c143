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
        Integer[] order = new Integer[rows.size()];
        Arrays.setAll(order, i -> i);
        // Stable: the labels of an entity stay in the order of the rows, so that sums come out the same.
        Arrays.sort(order, (a, b) -> Long.compare(rows.entity()[a], rows.entity()[b]));
        List<double[]> predictions = new ArrayList<>();
        long[] entities = Arrays.stream(rows.entity()).distinct().sorted().toArray();
        for (int start = 0; start < order.length; ) {
            int end = start;
            while (end < order.length && rows.entity()[order[end]] == rows.entity()[order[start]]) {
                end++;
            }
            double[] labels = new double[end - start];
            for (int i = start; i < end; i++) {
                labels[i - start] = rows.label()[order[i]];
            }
            predictions.add(summary.of(labels));
            start = end;
        }
        return new EntityLabels(entities, predictions.toArray(double[][]::new));
    }

    Optional<double[]> of(long entity) {
        int at = Arrays.binarySearch(entities, entity);
        return at < 0 ? Optional.empty() : Optional.of(predictions[at]);
    }
}
