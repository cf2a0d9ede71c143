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

    /// @param sent rows to be overwritten with what one column sends
    /// @param work columns to be overwritten by networks
    Foreign(Scm scm, float[][] sent, float[][][] work) {
        this.scm = scm;
        this.sent = sent;
        this.work = work;
        this.sums = new float[Evaluation.BLOCK][sent[0].length];
        boolean heard = Arrays.stream(scm.inputs()).anyMatch(i -> i.encoders().length > 0);
        for (int v = 0; v < scm.size() && heard; v++) {
            if (!scm.variable(v).exogenous()) {
                totals.computeIfAbsent(scm.variable(v).aggregation(), _ -> new float[Evaluation.BLOCK][sent[0].length]);
            }
        }
    }

    void begin(long[] rows, int number) {
        count = number;
        if (totals.isEmpty()) {
            return;
        }
        totals.forEach((how, total) -> Messages.start(how, total, count));
        forEachColumn(rows, this::add);
        float[][] largest = totals.get(Aggregation.LOGEXP);
        if (largest != null) {
            Messages.fill(sums, 0, count);
            forEachColumn(rows, (lines, columns) -> {
                if (lines.isEmpty()) {
                    Messages.addExponentials(sums, sent, largest, count);
                } else {
                    lines.addExponentials(cell, part, sums, largest, count);
                }
            });
        }
    }

    /// Takes what a column of a parent sends to the block of rows: by lines whose places are known, or in `sent`.
    @FunctionalInterface
    private interface Listener {
        void hear(Lines lines, int columns);
    }

    private void forEachColumn(long[] rows, Listener listener) {
        for (ForeignInput input : scm.inputs()) {
            for (int r = 0; r < count; r++) {
                parents[r] = input.links().parent(rows[r]);
            }
            for (int column = 0; column < input.encoders().length; column++) {
                input.parent().gather(column, parents, count, values);
                Lines lines = input.lines()[column];
                if (lines.isEmpty()) {
                    Messages.transpose(
                            input.encoders()[column].evaluate(new float[][] {values}, work, count), sent, count);
                } else {
                    input.parent().knots(column).locate(values, count, cell, part);
                }
                listener.hear(lines, input.encoders().length);
            }
        }
    }

    /// A sum takes the mean over the columns of a parent.
    private void add(Lines lines, int columns) {
        totals.forEach((how, total) -> {
            if (lines.isEmpty()) {
                Messages.combine(how, total, sent, 1f / columns, count);
            } else {
                Messages.combine(how, total, lines, cell, part, 1f / columns, count);
            }
        });
    }

    /// Merges what was heard; of exponentials, the largest.
    void combineInto(Aggregation how, float[][] into) {
        float[][] total = totals.get(how);
        if (total != null) {
            Messages.combine(how, into, total, 1, count);
        }
    }

    /// Adds what was heard to sums of exponentials.
    void addExponentials(float[][] into, float[][] largest) {
        float[][] own = totals.get(Aggregation.LOGEXP);
        if (own != null) {
            Messages.addScaled(into, sums, own, largest, count);
        }
    }
}
