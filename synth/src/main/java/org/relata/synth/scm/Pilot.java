package org.relata.synth.scm;

import java.util.Arrays;

/// A few rows of a table that are evaluated before all others: the points between which encoders are read off lie where
/// their values do.
///
/// A variable is drawn, evaluated and laid points of once it is asked for, after all that influence it: many a variable
/// never is.
public final class Pilot {
    private static final float[] UNKNOWN = {};

    private final Scm scm;
    private final Evaluation evaluation;
    private final int count;
    private final float[][] values;

    /// A pilot.
    ///
    /// @param rows up to [Evaluation#BLOCK], evenly spread
    public Pilot(Scm scm, long[] rows) {
        this.scm = scm;
        this.count = rows.length;
        this.evaluation = new Evaluation(scm);
        this.values = new float[scm.size()][];
        Arrays.fill(values, UNKNOWN);
        evaluation.begin(rows, count, Interventions.NONE);
    }

    /// Evaluates the variables that columns show.
    public void shown() {
        evaluate(scm.needed());
    }

    /// The values of a variable, row by row. Do not change them.
    public float[] values(int variable) {
        if (values[variable] == UNKNOWN) {
            evaluate(scm.needed(variable));
        }
        return values[variable];
    }

    private void evaluate(int[] variables) {
        for (int v : variables) {
            if (values[v] == UNKNOWN) {
                scm.draw(v, evaluation.work());
                evaluation.evaluate(v);
                values[v] = Arrays.copyOf(evaluation.values(v), count);
                scm.lay(v, values[v], count);
                evaluation.locate(v);
            }
        }
    }
}
