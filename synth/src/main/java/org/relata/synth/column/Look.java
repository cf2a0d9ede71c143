package org.relata.synth.column;

import org.relata.synth.random.Key;

/// How the numbers and classes of a variable are shown.
public sealed interface Look permits Look.Real, Look.Whole, Look.Flag, Look.Label, Look.Day, Look.Words {
    /// The cells of some rows.
    ///
    /// @param values the numbers or classes
    /// @param rows their rows
    /// @param count how many
    /// @param missing for each row, whether there is no value
    Cells show(float[] values, long[] rows, int count, boolean[] missing);

    /// A real number.
    record Real(Curve curve) implements Look {
        @Override
        public Cells show(float[] values, long[] rows, int count, boolean[] missing) {
            double[] shown = new double[count];
            for (int i = 0; i < count; i++) {
                shown[i] = missing[i] ? 0 : curve.of(values[i], rows[i]);
            }
            return new Cells.Reals(shown, missing);
        }
    }

    /// A whole number.
    ///
    /// @param curve what is rounded
    record Whole(Curve curve) implements Look {
        @Override
        public Cells show(float[] values, long[] rows, int count, boolean[] missing) {
            long[] shown = new long[count];
            for (int i = 0; i < count; i++) {
                shown[i] = missing[i] ? 0 : Math.round(curve.of(values[i], rows[i]));
            }
            return new Cells.Longs(shown, missing);
        }
    }

    /// Whether the class is another than one.
    ///
    /// @param not that one
    record Flag(int not) implements Look {
        @Override
        public Cells show(float[] values, long[] rows, int count, boolean[] missing) {
            boolean[] shown = new boolean[count];
            for (int i = 0; i < count; i++) {
                shown[i] = (int) values[i] != not;
            }
            return new Cells.Flags(shown, missing);
        }
    }

    /// A label for each class.
    ///
    /// @param labels in the order of the classes
    record Label(String[] labels) implements Look {
        @Override
        public Cells show(float[] values, long[] rows, int count, boolean[] missing) {
            String[] shown = new String[count];
            for (int i = 0; i < count; i++) {
                shown[i] = missing[i] ? "" : labels[(int) values[i]];
            }
            return new Cells.Texts(shown, missing);
        }
    }

    /// A day.
    ///
    /// @param curve the day since 1970-01-01, before it is rounded
    record Day(Curve curve) implements Look {
        @Override
        public Cells show(float[] values, long[] rows, int count, boolean[] missing) {
            int[] shown = new int[count];
            for (int i = 0; i < count; i++) {
                shown[i] = missing[i] ? 0 : (int) Math.round(curve.of(values[i], rows[i]));
            }
            return new Cells.Days(shown, missing);
        }
    }

    /// A few words, of the vocabulary that belongs to the class.
    record Words(Vocabulary vocabulary, Key key) implements Look {
        @Override
        public Cells show(float[] values, long[] rows, int count, boolean[] missing) {
            String[] shown = new String[count];
            for (int i = 0; i < count; i++) {
                shown[i] = missing[i] ? "" : vocabulary.text((int) values[i], key.child(rows[i]));
            }
            return new Cells.Texts(shown, missing);
        }
    }
}
