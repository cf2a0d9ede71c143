package org.relata.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.relata.features.FeatureMatrix;

/// Whether two ways to features came to the same values.
///
/// @param values how many values were compared
/// @param tied how many modes were left out because two values are equally frequent
/// @param differences the first differences, in words; empty when both agree
record Agreement(long values, long tied, List<String> differences) {
    private static final int SHOWN = 20;

    /// Features are rounded to 20 bits, and to 14 where the last ones are noise.
    private static final double RELATIVE = 1e-4;

    /// Relata reads numbers as 32-bit floats: a deviation far below the size of its values keeps few digits.
    private static final double OF_LARGEST = 1e-6;

    Agreement {
        differences = List.copyOf(differences);
    }

    /// Compares all features of a matrix with columns of the same names.
    ///
    /// @param other numbers or, for categories, their text; null where missing
    /// @param ties for modes: which rows not to compare
    static Agreement of(FeatureMatrix matrix, Map<String, Object[]> other, Map<String, boolean[]> ties) {
        List<String> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        matrix.features().forEach(f -> names.add(f.name()));
        if (!names.equals(new TreeSet<>(other.keySet()))) {
            Set<String> missing = new TreeSet<>(names);
            missing.removeAll(other.keySet());
            Set<String> extra = new TreeSet<>(other.keySet());
            extra.removeAll(names);
            differences.add("other features: without " + missing + ", with " + extra);
        }
        long values = 0;
        long tied = 0;
        for (int f = 0; f < matrix.width(); f++) {
            String name = matrix.features().get(f).name();
            Object[] column = other.get(name);
            if (column == null) {
                continue;
            }
            boolean[] skip = ties.getOrDefault(name, new boolean[matrix.rows()]);
            double slack = OF_LARGEST * largest(matrix.column(f));
            for (int row = 0; row < matrix.rows(); row++) {
                if (skip[row]) {
                    tied++;
                    continue;
                }
                values++;
                float ours = matrix.column(f)[row];
                if (!same(ours, column[row], matrix.categories(f), slack) && differences.size() < SHOWN) {
                    differences.add("%s of row %d: %s, not %s".formatted(name, row, ours, column[row]));
                }
            }
        }
        return new Agreement(values, tied, differences);
    }

    private static float largest(float[] column) {
        float largest = 0;
        for (float value : column) {
            largest = Math.max(largest, Float.isNaN(value) ? 0 : Math.abs(value));
        }
        return largest;
    }

    private static boolean same(float ours, @Nullable Object theirs, List<String> categories, double slack) {
        if (Float.isNaN(ours) || theirs == null) {
            return Float.isNaN(ours) && (theirs == null || theirs instanceof Double d && d.isNaN());
        }
        if (!categories.isEmpty()) {
            return categories.get((int) ours).equals(theirs.toString());
        }
        double expected = ((Number) theirs).doubleValue();
        return Math.abs(ours - expected) <= RELATIVE * Math.abs(expected) + slack;
    }
}
