package org.relata.synth.scm;

import java.util.Arrays;
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
    static final float PRODUCT_BOUND = 1e30f;

    private final Scm scm;
    private final float[][] values;
    private final int[][] cells;
    private final float[][] parts;
    private final float[][] latent;
    private final float[][] sums;
    private final float[][] sent;
    private final float[][] scores;
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
        sums = new float[width][BLOCK];
        sent = new float[width][BLOCK];
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
        if (variable.source().isPresent()) {
            variable.source().get().fill(rows, count, values[v]);
            return;
        }
        aggregate(v, variable);
        addNoise(variable);
        float[][] decoded = variable.decoder().evaluate(latent, work, count);
        if (variable.scores().isPresent()) {
            variable.scores().get().multiply(decoded, scores, count);
            largest(variable.classes(), values[v]);
        } else {
            finite(decoded[0], values[v]);
        }
    }

    private void aggregate(int v, Variable variable) {
        Aggregation how = variable.aggregation();
        Foreign.start(how, latent, count);
        for (int edge = 0; edge < variable.parents().length; edge++) {
            if (how == Aggregation.SUM && scm.table(v, edge).length > 0) {
                int parent = variable.parents()[edge];
                Encoder.read(scm.table(v, edge), cells[parent], parts[parent], latent, count, true);
            } else {
                Foreign.combine(how, latent, message(v, edge), count);
            }
        }
        foreign.combineInto(how, latent);
        if (how == Aggregation.LOGEXP) {
            addLogarithms(v, variable);
        }
        for (float[] column : latent) {
            Columns.scale(column, 1, AGGREGATE_BOUND, count);
        }
    }

    /// What a parent sends.
    private float[][] message(int v, int edge) {
        int parent = scm.variable(v).parents()[edge];
        float[] table = scm.table(v, edge);
        if (table.length == 0) {
            return scm.variable(v).encoders()[edge].evaluate(new float[][] {values[parent]}, work, count);
        }
        Encoder.read(table, cells[parent], parts[parent], sent, count, false);
        return sent;
    }

    /// Turns the largest messages into the logarithms of the sums of their exponentials.
    ///
    /// Messages are read a second time, relative to the largest: cheaper than to keep a sum relative to a largest that
    /// grows.
    private void addLogarithms(int v, Variable variable) {
        for (float[] sum : sums) {
            Arrays.fill(sum, 0, count, 0);
        }
        for (int edge = 0; edge < variable.parents().length; edge++) {
            float[][] message = message(v, edge);
            for (int j = 0; j < latent.length; j++) {
                Columns.addExponentials(sums[j], message[j], latent[j], count);
            }
        }
        foreign.addExponentials(sums, latent);
        for (int j = 0; j < latent.length; j++) {
            Columns.addLogarithm(latent[j], sums[j], count);
        }
    }

    private void addNoise(Variable variable) {
        int words = latent.length / 4;
        for (int word = 0; word < words; word++) {
            float[] a = latent[4 * word];
            float[] b = latent[4 * word + 1];
            float[] c = latent[4 * word + 2];
            float[] d = latent[4 * word + 3];
            for (int r = 0; r < count; r++) {
                long bits = variable.noiseKey().bits(rows[r] * words + word);
                a[r] += variable.noise().value(bits, 0);
                b[r] += variable.noise().value(bits, 1);
                c[r] += variable.noise().value(bits, 2);
                d[r] += variable.noise().value(bits, 3);
            }
        }
    }

    /// The class with the largest score, the first of several.
    private void largest(int classes, float[] into) {
        float[] best = sent[0];
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
