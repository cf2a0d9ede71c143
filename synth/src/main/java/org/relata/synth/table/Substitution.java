package org.relata.synth.table;

import org.relata.synth.column.Columns;
import org.relata.synth.column.Sample;
import org.relata.synth.random.Key;
import org.relata.synth.scm.Pilot;
import org.relata.synth.scm.Scm;

/// Lets columns show other variables where theirs turned out constant.
///
/// A mechanism may come to nothing: all its inputs saturate, or one class always wins. A column that showed it would
/// say
/// nothing, so it shows a hidden variable instead that does vary, and, when there is none left, one that stands alone.
final class Substitution {
    private final Scm scm;
    private final int[] classes;
    private final Pilot pilot;
    private final Key key;

    /// @param classes of each column, or zero for numbers
    /// @param pilot the rows to judge by, of which variables that columns show are evaluated
    Substitution(Scm scm, int[] classes, Pilot pilot, Key key) {
        this.scm = scm;
        this.classes = classes;
        this.pilot = pilot;
        this.key = key;
    }

    /// Replaces what has to be.
    void apply() {
        boolean[] taken = new boolean[scm.size()];
        for (int column = 0; column < classes.length; column++) {
            taken[scm.shownBy(column)] = true;
        }
        int hidden = scm.size() - classes.length;
        int[] order = key.draws().permutation(hidden);
        for (int column = 0; column < classes.length; column++) {
            if (fits(column, scm.shownBy(column))) {
                continue;
            }
            for (int i = 0; i < scm.size(); i++) {
                int candidate = i < hidden ? order[i] : i;
                if (!taken[candidate] && fits(column, candidate)) {
                    taken[candidate] = true;
                    scm.show(column, candidate);
                    break;
                }
            }
        }
    }

    /// Whether a column that shows a variable is anything but constant.
    private boolean fits(int column, int variable) {
        if (classes[column] == 1) {
            return true;
        }
        if (classes[column] == 0 && scm.classes(variable) > 0) {
            return false;
        }
        float[] shown = pilot.values(variable).clone();
        if (classes[column] > 0 && scm.classes(variable) > 0) {
            for (int i = 0; i < shown.length; i++) {
                shown[i] = (int) shown[i] % classes[column];
            }
        }
        return !Columns.constant(new Sample(shown, false));
    }
}
