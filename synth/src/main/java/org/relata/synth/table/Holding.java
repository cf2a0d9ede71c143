package org.relata.synth.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relata.synth.column.Column;
import org.relata.synth.column.Curve;
import org.relata.synth.column.Look;
import org.relata.synth.schema.Intervention;
import org.relata.synth.scm.Interventions;
import org.relata.synth.scm.Scm;

/// Turns values that columns are held at into values of the variables that the columns show.
final class Holding {
    private final Scm scm;
    private final List<Column> columns;
    private final Map<Integer, Float> held = new HashMap<>();

    /// @param columns the settled columns; those that are held will show their value
    Holding(Scm scm, List<Column> columns) {
        this.scm = scm;
        this.columns = columns;
    }

    /// Holds a column.
    ///
    /// @param raw values of the variable that the column shows, as known
    /// @throws org.relata.database.RelataException `synth.do` when the column never takes the value
    void hold(Intervention intervention, int column, float[] raw) {
        Column settled = columns.get(column);
        float value = switch (settled.look()) {
            case Look.Real real -> {
                double shown = intervention.number();
                show(column, new Look.Real((_, _) -> shown));
                yield inverse(real.curve(), shown, raw);
            }
            case Look.Whole whole -> {
                double shown = intervention.number();
                show(column, new Look.Whole((_, _) -> shown));
                yield inverse(whole.curve(), shown, raw);
            }
            case Look.Day day -> {
                double shown = intervention.day();
                show(column, new Look.Day((_, _) -> shown));
                yield inverse(day.curve(), shown, raw);
            }
            case Look.Flag flag -> {
                int wanted =
                        intervention.value().equals("true") ? mostFrequentBut(flag.not(), settled, raw) : flag.not();
                yield ofClass(intervention, wanted, settled, raw);
            }
            case Look.Label label -> ofClass(intervention, intervention.label(List.of(label.labels())), settled, raw);
            case Look.Words _ -> throw intervention.neverTaken();
        };
        held.put(scm.shownBy(column), value);
    }

    private void show(int column, Look look) {
        Column of = columns.get(column);
        columns.set(column, new Column(of.plan(), of.classes(), of.cut(), look, of.missing(), of.gaps()));
    }

    /// The least number that is shown as the value or as more; what the column cannot show counts as its extreme.
    private static float inverse(Curve curve, double shown, float[] raw) {
        float[] sorted = raw.clone();
        Arrays.sort(sorted);
        if (curve.of(Float.MAX_VALUE, Curve.NO_ROW) < shown) {
            return sorted[sorted.length - 1];
        }
        if (curve.of(-Float.MAX_VALUE, Curve.NO_ROW) > shown) {
            return sorted[0];
        }
        long low = place(-Float.MAX_VALUE);
        long high = place(Float.MAX_VALUE);
        while (low < high) {
            long middle = Math.floorDiv(low + high, 2);
            if (curve.of(at(middle), Curve.NO_ROW) < shown) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return at(low);
    }

    /// The place of a number among all that 32 bits can hold.
    private static long place(float value) {
        int bits = Float.floatToIntBits(value);
        return bits < 0 ? -(long) (bits & Integer.MAX_VALUE) : bits;
    }

    private static float at(long place) {
        return place < 0 ? -Float.intBitsToFloat((int) -place) : Float.intBitsToFloat((int) place);
    }

    private static int mostFrequentBut(int not, Column column, float[] raw) {
        int[] counts = new int[column.classes()];
        for (float value : classes(column, raw)) {
            counts[(int) value]++;
        }
        int most = not == 0 ? 1 : 0;
        for (int k = 0; k < counts.length; k++) {
            most = k != not && counts[k] > counts[most] ? k : most;
        }
        return most;
    }

    private static float[] classes(Column column, float[] raw) {
        float[] classes = raw.clone();
        column.settle(classes, classes.length);
        return classes;
    }

    /// A value of the variable that the column shows as a class: the class itself, or of numbers that are cut the
    /// median of
    /// those that fall into it.
    private static float ofClass(Intervention intervention, int wanted, Column column, float[] raw) {
        if (wanted >= column.classes()) {
            throw intervention.neverTaken();
        }
        if (column.cut().isEmpty()) {
            return wanted;
        }
        float[] classes = classes(column, raw);
        float[] within = new float[raw.length];
        int count = 0;
        for (int row = 0; row < raw.length; row++) {
            if ((int) classes[row] == wanted) {
                within[count++] = raw[row];
            }
        }
        if (count == 0) {
            throw intervention.neverTaken();
        }
        Arrays.sort(within, 0, count);
        return within[count / 2];
    }

    /// What was held.
    Interventions interventions() {
        return new Interventions(scm, held);
    }
}
