package org.relata.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Features of a list of rows, column by column, as 32-bit floats with NaN for missing.
///
/// Categorical features hold codes 0, 1, 2, … into their category list. The arrays are shared, not copied: treat them
/// as read-only.
public final class FeatureMatrix {
    private final List<Feature> features;
    private final float[][] columns;
    private final List<List<String>> categories;
    private final int rows;

    /// A matrix over the given columns.
    ///
    /// @param features what each column is
    /// @param columns one array a feature, each of `rows` values
    /// @param categories for each feature its categories by code; empty lists for numeric features
    /// @param rows how many rows there are; also meaningful when there is no feature
    @SuppressWarnings("ArrayAsParameter")
    public FeatureMatrix(List<Feature> features, float[][] columns, List<List<String>> categories, int rows) {
        if (features.size() != columns.length || categories.size() != columns.length) {
            throw new IllegalArgumentException("features, columns and categories differ in length");
        }
        for (float[] column : columns) {
            if (column.length != rows) {
                throw new IllegalArgumentException("a column has " + column.length + " rows, not " + rows);
            }
        }
        this.features = List.copyOf(features);
        this.columns = columns.clone();
        this.categories = List.copyOf(categories);
        this.rows = rows;
    }

    /// What each column is.
    public List<Feature> features() {
        return features;
    }

    /// How many rows there are.
    public int rows() {
        return rows;
    }

    /// How many features there are.
    public int width() {
        return columns.length;
    }

    /// The values of a feature; not a copy.
    public float[] column(int feature) {
        return columns[feature];
    }

    /// The categories of a feature by code; empty when it is numeric.
    public List<String> categories(int feature) {
        return categories.get(feature);
    }

    /// The matrix of the given rows, in that order.
    public FeatureMatrix rows(int[] chosen) {
        float[][] picked = new float[columns.length][chosen.length];
        for (int f = 0; f < columns.length; f++) {
            for (int i = 0; i < chosen.length; i++) {
                picked[f][i] = columns[f][chosen[i]];
            }
        }
        return new FeatureMatrix(features, picked, categories, chosen.length);
    }

    /// The matrix of the given features, in that order; the arrays are shared.
    public FeatureMatrix features(int[] chosen) {
        List<Feature> names = new ArrayList<>();
        List<List<String>> levels = new ArrayList<>();
        float[][] picked = new float[chosen.length][];
        for (int i = 0; i < chosen.length; i++) {
            names.add(features.get(chosen[i]));
            levels.add(categories.get(chosen[i]));
            picked[i] = columns[chosen[i]];
        }
        return new FeatureMatrix(names, picked, levels, rows);
    }

    /// How many bytes the values take.
    public long bytes() {
        return Arrays.stream(columns).mapToLong(c -> 4L * c.length).sum();
    }
}
