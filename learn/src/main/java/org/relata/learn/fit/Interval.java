package org.relata.learn.fit;

/// A percentile interval.
///
/// @param low its lower end
/// @param high its upper end
/// @param level the share of resamples inside, such as 0.95
public record Interval(double low, double high, double level) {}
