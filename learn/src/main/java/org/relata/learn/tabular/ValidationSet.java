package org.relata.learn.tabular;

import org.relata.features.FeatureMatrix;

/// Rows that decide when to stop or how strongly to regularise. A model never learns from their labels in any other
/// way.
///
/// @param x the features, as in training
/// @param y one label a row
/// @param scorer what decides
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
public record ValidationSet(FeatureMatrix x, double[] y, Scorer scorer) {
    /// Refuses labels that do not match the rows.
    public ValidationSet {
        if (x.rows() != y.length) {
            throw new IllegalArgumentException(x.rows() + " rows but " + y.length + " labels");
        }
    }
}
