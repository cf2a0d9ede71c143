package org.relata.synth.scm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relata.synth.config.Aggregation;
import org.relata.synth.config.ScmParameters;

/// The evaluation of a model for up to [#BLOCK] rows at a time. Holds what is overwritten: one for each thread.
///
/// Values are held by columns, a column being the numbers of all rows of the block, so that every inner loop runs over
/// rows; what a block holds stays in the processor's cache.
public final class Evaluation {
    /// The most rows of a block.
    public static final int BLOCK = 256;

    private static final float AGGREGATE_BOUND = 1e6f;

    private final Scm scm;
    private final float[][] values;
    private final int[][] cells;
    private final float[][] parts;
    private final float[][] latent;
    private final float[][] rowsLatent;
    private final float[][] sums;
    private final float[][] sent;
    private final float[] best;
    private final Work work;
    private final Messages messages;
    private final Foreign foreign;
    private long[] rows = new long[0];
    private int count;

    /// Prepares an evaluation of a model.
    public Evaluation(Scm scm) {
        this.scm = scm;
        int width = scm.config().get(ScmParameters.MLP_EMB_DIM);
        values = new float[scm.size()][BLOCK];
        cells = new int[scm.size()][BLOCK];
        parts = new float[scm.size()][BLOCK];
        latent = new float[width][BLOCK];
        rowsLatent = new float[BLOCK][width];
        sums = new float[BLOCK][width];
        sent = new float[BLOCK][width];
        best = new float[BLOCK];
        work = scm.work();
        messages = new Messages(width);
        foreign = new Foreign(scm, messages, sent, work);
    }

    /// The values of a variable, after [#run] or [#evaluate].
    public float[] values(int variable) {
        return values[variable];
    }

    /// Evaluates all variables that columns need.
    ///
    /// @param of the rows, ascending
    /// @param interventions variables that are held at a value, whatever influences them
    public void run(long[] of, int number, Interventions interventions) {
        begin(of, number, interventions);
        for (int v : interventions.needed()) {
            if (interventions.holds(v)) {
                Arrays.fill(values[v], 0, count, interventions.value(v));
            } else {
                evaluate(v);
            }
            locate(v);
        }
    }

    /// Columns that may be overwritten between variables.
    Work work() {
        return work;
    }

    /// Starts with other rows.
    void begin(long[] of, int number, Interventions interventions) {
        rows = of;
        count = number;
        foreign.begin(of, number, interventions);
    }

    /// Finds the points near a variable's values, for its descendants.
    void locate(int v) {
        scm.knots(v).locate(values[v], count, cells[v], parts[v]);
    }

    /// Evaluates one variable, whose parents have been.
    void evaluate(int v) {
        Variable variable = scm.variable(v);
        if (variable.exogenous()) {
            scm.source(v).fill(rows, count, values[v]);
            return;
        }
        Mechanism mechanism = scm.mechanism(v);
        aggregate(v, variable, mechanism);
        addNoise(mechanism, variable.aggregation() == Aggregation.PRODUCT);
        float[][] decoded = mechanism.decoder().evaluate(latent, work, count);
        if (variable.classes() > 0) {
            largest(decoded, variable.classes(), values[v]);
        } else {
            finite(decoded[0], values[v]);
        }
    }

    private void aggregate(int v, Variable variable, Mechanism mechanism) {
        if (mechanism.exponentials().isPresent()) {
            addExponentials(variable, mechanism, mechanism.exponentials().get());
            return;
        }
        Aggregation how = variable.aggregation();
        List<Heard> heard = heard(variable, mechanism.lines());
        combine(how, v, mechanism, heard, rowsLatent);
        if (how == Aggregation.LOGEXP) {
            addLogarithms(v, mechanism, heard);
        }
    }

    /// Everything that is heard; of exponentials, the largest.
    private void combine(Aggregation how, int v, Mechanism mechanism, List<Heard> heard, float[][] into) {
        Messages.start(how, into, count);
        messages.combine(how, into, heard, 1, count);
        for (int edge = 0; edge < mechanism.encoders().size(); edge++) {
            if (mechanism.encoders().get(edge).isPresent()) {
                Messages.combine(how, into, message(v, edge), 1, count);
            }
        }
        foreign.combineInto(how, into);
    }

    /// The logarithm of the sum of exponentials that are lines themselves.
    private void addExponentials(Variable variable, Mechanism mechanism, Exponentials exponentials) {
        Messages.fill(rowsLatent, 0, count);
        messages.combine(Aggregation.SUM, rowsLatent, heard(variable, exponentials.lines()), 1, count);
        foreign.addExponentials(rowsLatent, exponentials.range().most());
        exponentials.takeLogarithms(rowsLatent, count);
        if (!exponentials.range().narrow()) {
            messages.combine(Aggregation.MAX, rowsLatent, heard(variable, mechanism.lines()), 1, count);
            foreign.combineInto(Aggregation.LOGEXP, rowsLatent);
        }
    }

    /// What is heard along the edges that have lines.
    private List<Heard> heard(Variable variable, List<Lines> lines) {
        List<Heard> heard = new ArrayList<>(lines.size());
        for (int edge = 0; edge < lines.size(); edge++) {
            if (!lines.get(edge).isEmpty()) {
                int parent = variable.parents()[edge];
                heard.add(new Heard(lines.get(edge), cells[parent], parts[parent]));
            }
        }
        return heard;
    }

    /// What a parent sends whose encoder is evaluated for every row.
    private float[][] message(int v, int edge) {
        float[][] input = {values[scm.variable(v).parents()[edge]]};
        Encoder encoder = scm.mechanism(v).encoders().get(edge).orElseThrow();
        Messages.transpose(encoder.evaluate(input, work, count), sent, count);
        return sent;
    }

    /// Turns the largest messages into the logarithms of the sums of their exponentials.
    ///
    /// Messages are read a second time, relative to the largest: cheaper than to keep a sum relative to a largest that
    /// grows.
    private void addLogarithms(int v, Mechanism mechanism, List<Heard> heard) {
        Messages.fill(sums, 0, count);
        for (Heard one : heard) {
            Messages.addHeardExponentials(one, sums, rowsLatent, count);
        }
        for (int edge = 0; edge < mechanism.encoders().size(); edge++) {
            if (mechanism.encoders().get(edge).isPresent()) {
                Messages.addExponentials(sums, message(v, edge), rowsLatent, count);
            }
        }
        foreign.addExponentials(sums, rowsLatent);
        Messages.addLogarithms(rowsLatent, sums, count);
    }

    /// Adds noise to the aggregate and turns it into columns; a product, which may be huge, is bounded.
    private void addNoise(Mechanism mechanism, boolean bounded) {
        if (bounded) {
            for (int r = 0; r < count; r++) {
                Columns.cut(rowsLatent[r], AGGREGATE_BOUND, latent.length);
            }
        }
        mechanism.noise().add(rowsLatent, rows, count);
        int j = 0;
        for (; j <= latent.length - 4; j += 4) {
            turn(j);
        }
        for (; j < latent.length; j++) {
            for (int r = 0; r < count; r++) {
                latent[j][r] = rowsLatent[r][j];
            }
        }
    }

    /// Turns four dimensions of rows into columns.
    private void turn(int j) {
        float[] a = latent[j];
        float[] b = latent[j + 1];
        float[] c = latent[j + 2];
        float[] d = latent[j + 3];
        for (int r = 0; r < count; r++) {
            float[] row = rowsLatent[r];
            a[r] = row[j];
            b[r] = row[j + 1];
            c[r] = row[j + 2];
            d[r] = row[j + 3];
        }
    }

    /// The class with the largest score, the first of several.
    private void largest(float[][] scores, int classes, float[] into) {
        System.arraycopy(scores[0], 0, best, 0, count);
        Arrays.fill(into, 0, count, 0);
        for (int k = 1; k < classes; k++) {
            for (int r = 0; r < count; r++) {
                if (scores[k][r] > best[r]) {
                    best[r] = scores[k][r];
                    into[r] = k;
                }
            }
        }
    }

    private void finite(float[] from, float[] into) {
        for (int r = 0; r < count; r++) {
            into[r] = Float.isFinite(from[r]) ? from[r] : 0;
        }
    }
}
