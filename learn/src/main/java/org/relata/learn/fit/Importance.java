package org.relata.learn.fit;

import org.relata.features.Feature;

/// How much a feature drives the predictions.
///
/// @param feature the feature
/// @param meanAbsoluteContribution the mean over validation rows of its absolute SHAP value, on the model's raw scale
/// @param share that mean as a share of the sum over all features
/// @param direction the rank correlation of its values with its contributions, from -1 to 1; NaN for categories
public record Importance(Feature feature, double meanAbsoluteContribution, double share, double direction) {}
