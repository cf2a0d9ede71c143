package org.relata.synth.scm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.synth.config.Aggregation;

/// What a block of rows hears from its parent rows, put together once for all variables that listen.
///
/// Every variable with parents hears all columns of the parent rows, with no weights of its own, so there are as many
/// results as there are ways to aggregate, not as many as there are variables.
final class Foreign {
    private final Scm scm;
    private final Messages messages;
    private final float[][] sent;
    private final Work work;
    private final Map<Aggregation, float[][]> totals = new EnumMap<>(Aggregation.class);
    private final float[][] sums;
    private final long[] parents = new long[Evaluation.BLOCK];
    /// For each foreign key and column, where the block's values are on its lines; of one without lines, the values.
    private final List<List<Heard>> heard = new ArrayList<>();
    private int count;

    /// @param sent rows to be overwritten with what one column sends
    /// @param work columns to be overwritten by networks
    Foreign(Scm scm, Messages messages, float[][] sent, Work work) {
        this.scm = scm;
        this.messages = messages;
        this.sent = sent;
        this.work = work;
        this.sums = new float[Evaluation.BLOCK][sent[0].length];
        boolean any = Arrays.stream(scm.inputs()).anyMatch(i -> i.encoders().length > 0);
        for (int v = 0; v < scm.size() && any; v++) {
            if (!scm.variable(v).exogenous()) {
                totals.computeIfAbsent(scm.variable(v).aggregation(), _ -> new float[Evaluation.BLOCK][sent[0].length]);
            }
        }
        for (ForeignInput input : scm.inputs()) {
            heard.add(Arrays.stream(input.lines())
                    .map(lines -> new Heard(lines, new int[Evaluation.BLOCK], new float[Evaluation.BLOCK]))
                    .toList());
        }
    }

    void begin(long[] rows, int number, Interventions interventions) {
        count = number;
        if (totals.isEmpty()) {
            return;
        }
        for (int i = 0; i < scm.inputs().length; i++) {
            listen(scm.inputs()[i], heard.get(i), rows, interventions);
        }
        totals.forEach((how, total) -> {
            if (how == Aggregation.LOGEXP) {
                addLogarithms(total);
            } else {
                combine(how, total);
            }
        });
    }

    private void listen(ForeignInput input, List<Heard> columns, long[] rows, Interventions interventions) {
        for (int r = 0; r < count; r++) {
            parents[r] = input.links().parent(rows[r]);
        }
        for (int column = 0; column < columns.size(); column++) {
            Heard own = columns.get(column);
            input.parent().gather(column, parents, count, own.part());
            hold(input.parent(), column, own.part(), interventions);
            if (!own.lines().isEmpty()) {
                input.parent().knots(column).locate(own.part(), count, own.cell(), own.part());
            }
        }
    }

    /// What a table shows to itself is held along with the variable.
    private void hold(StoredTable parent, int column, float[] values, Interventions interventions) {
        if (parent instanceof OwnSources own && interventions.holds(own.variables()[column])) {
            for (int r = 0; r < count; r++) {
                values[r] = parents[r] < 0 ? 0 : interventions.value(own.variables()[column]);
            }
        }
    }

    /// A sum takes the mean over the columns of a parent.
    private void combine(Aggregation how, float[][] total) {
        Messages.start(how, total, count);
        for (int i = 0; i < heard.size(); i++) {
            List<Heard> columns = heard.get(i);
            float factor = 1f / columns.size();
            List<Heard> lined =
                    columns.stream().filter(h -> !h.lines().isEmpty()).toList();
            messages.combine(how, total, lined, factor, count);
            for (int column = 0; column < columns.size(); column++) {
                if (columns.get(column).lines().isEmpty()) {
                    Messages.combine(how, total, message(i, column), factor, count);
                }
            }
        }
    }

    /// What a column sends whose encoder is evaluated for every row.
    private float[][] message(int input, int column) {
        float[][] values = {heard.get(input).get(column).part()};
        Messages.transpose(scm.inputs()[input].encoders()[column].evaluate(values, work, count), sent, count);
        return sent;
    }

    /// The logarithm of the sum of exponentials; the sum itself is kept too, if it is relative to a top.
    private void addLogarithms(float[][] total) {
        Optional<Exponentials> exponentials = scm.foreignExponentials();
        Messages.fill(sums, 0, count);
        if (exponentials.isPresent()) {
            List<Heard> all = new ArrayList<>();
            for (List<Heard> columns : heard) {
                for (Heard own : columns) {
                    all.add(new Heard(exponentials.get().lines().get(all.size()), own.cell(), own.part()));
                }
            }
            messages.combine(Aggregation.SUM, sums, all, 1, count);
            for (int r = 0; r < count; r++) {
                System.arraycopy(sums[r], 0, total[r], 0, sums[r].length);
            }
            exponentials.get().takeLogarithms(total, count);
            if (!exponentials.get().range().narrow()) {
                heard.forEach(columns -> messages.combine(Aggregation.MAX, total, columns, 1, count));
            }
            return;
        }
        combine(Aggregation.MAX, total);
        for (int i = 0; i < heard.size(); i++) {
            for (int column = 0; column < heard.get(i).size(); column++) {
                Heard own = heard.get(i).get(column);
                if (own.lines().isEmpty()) {
                    Messages.addExponentials(sums, message(i, column), total, count);
                } else {
                    Messages.addHeardExponentials(own, sums, total, count);
                }
            }
        }
        Messages.addLogarithms(total, sums, count);
    }

    /// Merges what was heard; of exponentials, the largest.
    void combineInto(Aggregation how, float[][] into) {
        float[][] total = totals.get(how);
        if (total != null) {
            Messages.combine(how, into, total, 1, count);
        }
    }

    /// Adds what was heard to sums of exponentials that are relative to the largest.
    void addExponentials(float[][] into, float[][] largest) {
        float[][] own = totals.get(Aggregation.LOGEXP);
        if (own != null) {
            Messages.addExponentials(into, own, largest, count);
        }
    }

    /// Adds what was heard to sums of exponentials that are relative to a top.
    void addExponentials(float[][] into, float[] top) {
        if (totals.containsKey(Aggregation.LOGEXP)) {
            float[] own = scm.foreignExponentials().orElseThrow().range().most();
            Messages.addScaled(into, sums, Exponentials.exponentials(own, top), count);
        }
    }
}
