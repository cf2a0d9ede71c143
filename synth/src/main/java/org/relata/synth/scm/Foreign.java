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
        if (totals.isEmpty()) {
            return;
        }
        totals.forEach((how, total) -> start(how, total, count));
        forEachMessage(rows, this::add);
        float[][] largest = totals.get(Aggregation.LOGEXP);
        if (largest != null) {
            for (float[] sum : sums) {
                Arrays.fill(sum, 0, count, 0);
            }
            forEachMessage(rows, (message, _) -> {
                for (int j = 0; j < sums.length; j++) {
                    Columns.addExponentials(sums[j], message[j], largest[j], count);
                }
            });
        }
    }

    /// Takes what a column of a parent sends to the block of rows. The message may be changed.
    @FunctionalInterface
    private interface Listener {
        void hear(float[][] message, int columns);
    }

    private void forEachMessage(long[] rows, Listener listener) {
        for (ForeignInput input : scm.inputs()) {
            for (int r = 0; r < count; r++) {
                parents[r] = input.links().parent(rows[r]);
            }
            for (int column = 0; column < input.encoders().length; column++) {
                listener.hear(message(input, column), input.encoders().length);
            }
        }
    }

    private float[][] message(ForeignInput input, int column) {
        input.parent().gather(column, parents, count, values);
        if (input.tables()[column].length == 0) {
            return input.encoders()[column].evaluate(new float[][] {values}, work, count);
        }
        input.parent().knots(column).locate(values, count, cell, part);
        Encoder.read(input.tables()[column], cell, part, sent, count, false);
        return sent;
    }

    private void add(float[][] message, int columns) {
        totals.forEach((how, total) -> {
            if (how != Aggregation.SUM) {
                combine(how, total, message, count);
            }
        });
        float[][] sum = totals.get(Aggregation.SUM);
        if (sum != null) {
            // A sum takes the mean over the columns of a parent; done last, because it changes the message.
            for (float[] column : message) {
                Columns.scale(column, 1f / columns, Encoder.BOUND, count);
            }
            combine(Aggregation.SUM, sum, message, count);
        }
    }

    /// Merges what was heard; of exponentials, the largest.
    void combineInto(Aggregation how, float[][] into) {
        float[][] total = totals.get(how);
        if (total != null) {
            combine(how, into, total, count);
        }
    }

    /// Adds what was heard to sums of exponentials.
    void addExponentials(float[][] into, float[][] largest) {
        float[][] own = totals.get(Aggregation.LOGEXP);
        for (int j = 0; j < into.length && own != null; j++) {
            Columns.addScaled(into[j], sums[j], own[j], largest[j], count);
        }
    }

    /// Sets an aggregate to that of nothing.
    static void start(Aggregation how, float[][] into, int count) {
        float nothing =
                switch (how) {
                    case SUM -> 0;
                    case MAX, LOGEXP -> -Encoder.BOUND;
                    case PRODUCT -> 1;
                };
        for (float[] column : into) {
            Arrays.fill(column, 0, count, nothing);
        }
    }

    /// Adds a message to an aggregate; of exponentials, the largest is kept.
    static void combine(Aggregation how, float[][] into, float[][] message, int count) {
        for (int j = 0; j < into.length; j++) {
            switch (how) {
                case SUM -> Columns.add(into[j], message[j], count);
                case MAX, LOGEXP -> Columns.max(into[j], message[j], count);
                case PRODUCT -> Columns.multiply(into[j], message[j], Evaluation.PRODUCT_BOUND, count);
            }
        }
    }
}
