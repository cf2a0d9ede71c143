package org.relata.synth.scm;

import java.util.Arrays;
import org.relata.synth.config.Aggregation;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.BetaTable;
import org.relata.synth.random.Key;

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
    private final float[][] scores;
    private final float[] best;
    private final float[][][] work;
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
        int most = 0;
        for (int v = 0; v < scm.size(); v++) {
            most = Math.max(most, scm.classes(v));
        }
        scores = new float[most][BLOCK];
        work = Scm.work(scm.config());
        foreign = new Foreign(scm, sent, work);
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
        begin(of, number);
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
    float[][][] work() {
        return work;
    }

    /// Starts with other rows.
    void begin(long[] of, int number) {
        rows = of;
        count = number;
        foreign.begin(of, number);
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
        aggregate(v, variable);
        addNoise(mechanism);
        float[][] decoded = mechanism.decoder().evaluate(latent, work, count);
        if (mechanism.scores().isPresent()) {
            mechanism.scores().get().multiply(decoded, scores, count);
            largest(variable.classes(), values[v]);
        } else {
            finite(decoded[0], values[v]);
        }
    }

    private void aggregate(int v, Variable variable) {
        Aggregation how = variable.aggregation();
        Messages.start(how, rowsLatent, count);
        for (int edge = 0; edge < variable.parents().length; edge++) {
            Lines lines = scm.lines(v, edge);
            if (lines.isEmpty()) {
                Messages.combine(how, rowsLatent, message(v, edge), 1, count);
            } else {
                int parent = variable.parents()[edge];
                Messages.combine(how, rowsLatent, lines, cells[parent], parts[parent], 1, count);
            }
        }
        foreign.combineInto(how, rowsLatent);
        if (how == Aggregation.LOGEXP) {
            addLogarithms(v, variable);
        }
    }

    /// What a parent sends whose encoder is evaluated for every row.
    private float[][] message(int v, int edge) {
        int parent = scm.variable(v).parents()[edge];
        float[][] input = {values[parent]};
        Messages.transpose(scm.mechanism(v).encoders()[edge].evaluate(input, work, count), sent, count);
        return sent;
    }

    /// Turns the largest messages into the logarithms of the sums of their exponentials.
    ///
    /// Messages are read a second time, relative to the largest: cheaper than to keep a sum relative to a largest that
    /// grows.
    private void addLogarithms(int v, Variable variable) {
        Messages.fill(sums, 0, count);
        for (int edge = 0; edge < variable.parents().length; edge++) {
            Lines lines = scm.lines(v, edge);
            if (lines.isEmpty()) {
                Messages.addExponentials(sums, message(v, edge), rowsLatent, count);
            } else {
                int parent = variable.parents()[edge];
                lines.addExponentials(cells[parent], parts[parent], sums, rowsLatent, count);
            }
        }
        foreign.addExponentials(sums, rowsLatent);
        Messages.addLogarithms(rowsLatent, sums, count);
    }

    /// Turns the aggregate into columns, within a bound, and adds noise.
    private void addNoise(Mechanism mechanism) {
        int words = latent.length / 4;
        BetaTable noise = mechanism.noise();
        Key key = mechanism.noiseKey();
        for (int r = 0; r < count; r++) {
            float[] row = rowsLatent[r];
            for (int word = 0; word < words; word++) {
                long bits = key.bits(rows[r] * words + word);
                int j = 4 * word;
                latent[j][r] = bounded(row[j]) + noise.value(bits, 0);
                latent[j + 1][r] = bounded(row[j + 1]) + noise.value(bits, 1);
                latent[j + 2][r] = bounded(row[j + 2]) + noise.value(bits, 2);
                latent[j + 3][r] = bounded(row[j + 3]) + noise.value(bits, 3);
            }
        }
    }

    private static float bounded(float x) {
        return Math.max(-AGGREGATE_BOUND, Math.min(AGGREGATE_BOUND, x));
    }

    /// The class with the largest score, the first of several.
    private void largest(int classes, float[] into) {
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
