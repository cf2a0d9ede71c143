package org.relata.synth.scm;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.relata.synth.config.Aggregation;

/// What a block of rows hears from its parent rows, put together once for all variables that listen.
///
/// Every variable with parents hears all columns of the parent rows, with no weights of its own, so there are as many
/// results as there are ways to aggregate, not as many as there are variables.
final class Foreign {
    private final Scm scm;
    private final float[][] sent;
    private final float[][][] work;
    private final Map<Aggregation, float[][]> totals = new EnumMap<>(Aggregation.class);
    private final float[][] sums;
    private final long[] parents = new long[Evaluation.BLOCK];
    private final float[] values = new float[Evaluation.BLOCK];
    private final int[] cell = new int[Evaluation.BLOCK];
    private final float[] part = new float[Evaluation.BLOCK];
    private int count;

    /// @param sent columns to be overwritten with what one column sends
    /// @param work columns to be overwritten by networks
    Foreign(Scm scm, float[][] sent, float[][][] work) {
        this.scm = scm;
        this.sent = sent;
        this.work = work;
        this.sums = new float[sent.length][Evaluation.BLOCK];
        boolean heard = Arrays.stream(scm.inputs()).anyMatch(i -> i.encoders().length > 0);
        for (int v = 0; v < scm.size() && heard; v++) {
            if (scm.variable(v).source().isEmpty()) {
                totals.computeIfAbsent(
                        scm.variable(v).aggregation(), _ -> new float[sent.length][Evaluation.BLOCK]);
            }
        }
    }

    void begin(long[] rows, int number) {
        count = number;
        totals.forEach((how, total) -> start(how, total, sums, count));
        if (totals.isEmpty()) {
            return;
        }
        for (ForeignInput input : scm.inputs()) {
            for (int r = 0; r < count; r++) {
                parents[r] = input.links().parent(rows[r]);
            }
            for (int column = 0; column < input.encoders().length; column++) {
                hear(input, column);
            }
        }
    }

    private void hear(ForeignInput input, int column) {
        input.parent().gather(column, parents, count, values);
        float[][] message = sent;
        if (input.tables()[column].length > 0) {
            input.parent().knots(column).locate(values, count, cell, part);
            Encoder.read(input.tables()[column], cell, part, sent, count, false);
        } else {
            message = input.encoders()[column].evaluate(new float[][] {values}, work, count);
        }
        // A sum takes the mean over the columns of a parent; done last, because it changes the message.
        for (Map.Entry<Aggregation, float[][]> total : totals.entrySet()) {
            if (total.getKey() != Aggregation.SUM) {
                combine(total.getKey(), total.getValue(), sums, message, count);
            }
        }
        if (totals.containsKey(Aggregation.SUM)) {
            for (float[] part : message) {
                Columns.scale(part, 1f / input.encoders().length, Encoder.BOUND, count);
            }
            combine(Aggregation.SUM, totals.get(Aggregation.SUM), sums, message, count);
        }
    }

    /// Merges what was heard.
    void combineInto(Aggregation how, float[][] into, float[][] intoSums) {
        float[][] total = totals.get(how);
        if (total == null) {
            return;
        }
        for (int j = 0; j < into.length; j++) {
            switch (how) {
                case SUM -> Columns.add(into[j], total[j], count);
                case MAX -> Columns.max(into[j], total[j], count);
                case PRODUCT -> Columns.multiply(into[j], total[j], Evaluation.productBound(), count);
                case LOGEXP -> Columns.addExponentials(into[j], intoSums[j], total[j], sums[j], count);
            }
        }
    }

    /// Sets an aggregate to that of nothing.
    static void start(Aggregation how, float[][] into, float[][] intoSums, int count) {
        for (int j = 0; j < into.length; j++) {
            switch (how) {
                case SUM -> Arrays.fill(into[j], 0, count, 0);
                case MAX -> Arrays.fill(into[j], 0, count, -Encoder.BOUND);
                case PRODUCT -> Arrays.fill(into[j], 0, count, 1);
                case LOGEXP -> {
                    Arrays.fill(into[j], 0, count, -Encoder.BOUND);
                    Arrays.fill(intoSums[j], 0, count, 0);
                }
            }
        }
    }

    /// Adds a message to an aggregate.
    static void combine(Aggregation how, float[][] into, float[][] intoSums, float[][] message, int count) {
        for (int j = 0; j < into.length; j++) {
            switch (how) {
                case SUM -> Columns.add(into[j], message[j], count);
                case MAX -> Columns.max(into[j], message[j], count);
                case PRODUCT -> Columns.multiply(into[j], message[j], Evaluation.productBound(), count);
                case LOGEXP -> Columns.addExponential(into[j], intoSums[j], message[j], count);
            }
        }
    }
}
