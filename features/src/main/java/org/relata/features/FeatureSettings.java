package org.relata.features;

import java.time.Duration;
import org.relata.database.RelataException;

/// What deep feature synthesis may build.
///
/// @param depth how many links a feature may follow, 1 to 3
/// @param spans how many recent time spans a link gets beside all history
/// @param lastRows how many of the latest rows the "last few rows" features look at; 0 for none
/// @param frequentCategories how many categories of a column get a share of their own
/// @param keptCategories how many categories of a column keep a code of their own; rarer ones share one
/// @param textBuckets into how many buckets the words of a text are hashed; 0 for length and word count only
/// @param skewness whether the skewness of numbers is among the aggregations
/// @param stacked whether per-row aggregates are aggregated again: the mean over orders of the number of lines
/// @param calendar whether parts of the calendar (month, weekday, hour) are features
/// @param includeCutoff whether parents dated exactly at the cut-off are visible; children never are
/// @param budget how much time the features of all rows may take; the least promising paths are dropped to stay inside
/// @param memoryBytes how much memory the feature table may take
public record FeatureSettings(
        int depth,
        int spans,
        int lastRows,
        int frequentCategories,
        int keptCategories,
        int textBuckets,
        boolean skewness,
        boolean stacked,
        boolean calendar,
        boolean includeCutoff,
        Duration budget,
        long memoryBytes) {
    /// Refuses values outside their ranges.
    public FeatureSettings {
        if (depth < 1 || depth > 3) {
            throw RelataException.usage(
                    "features.depth", "depth " + depth, "features follow one to three links", "use 1, 2 or 3");
        }
    }

    /// The defaults: three links, three spans, the last five rows, stacked aggregates, within five minutes and 2 GiB.
    public static FeatureSettings standard() {
        return new FeatureSettings(3, 3, 5, 6, 50, 16, false, true, true, false, Duration.ofMinutes(5), 2L << 30);
    }

    /// These settings with another depth.
    public FeatureSettings withDepth(int links) {
        return new FeatureSettings(
                links,
                spans,
                lastRows,
                frequentCategories,
                keptCategories,
                textBuckets,
                skewness,
                stacked,
                calendar,
                includeCutoff,
                budget,
                memoryBytes);
    }

    /// These settings with other limits.
    public FeatureSettings within(Duration time, long bytes) {
        return new FeatureSettings(
                depth,
                spans,
                lastRows,
                frequentCategories,
                keptCategories,
                textBuckets,
                skewness,
                stacked,
                calendar,
                includeCutoff,
                time,
                bytes);
    }

    /// These settings with parents dated exactly at the cut-off visible or not.
    public FeatureSettings withIncludeCutoff(boolean visible) {
        return new FeatureSettings(
                depth,
                spans,
                lastRows,
                frequentCategories,
                keptCategories,
                textBuckets,
                skewness,
                stacked,
                calendar,
                visible,
                budget,
                memoryBytes);
    }
}
