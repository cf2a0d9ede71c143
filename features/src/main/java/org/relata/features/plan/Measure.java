package org.relata.features.plan;

import java.util.List;

/// A column of an encoded table: what features read of a source column.
///
/// Encoded tables hold numbers only: a category is its code, a text its statistics, a vector its elements.
///
/// @param name its name in the encoded table, unique there: `points`, `comment: words`
/// @param column the source column it comes from
/// @param reading how it is read off the column
/// @param words what it is, for a sentence: `points`, `number of words in comment`
/// @param type how it may be used
/// @param categories the categories by code when it is categorical, the last one standing for all rarer ones
public record Measure(String name, String column, Reading reading, String words, Type type, List<String> categories) {
    /// Copies the categories.
    public Measure {
        categories = List.copyOf(categories);
    }

    /// How a measure may be used.
    public enum Type {
        /// A number: sums and means make sense.
        NUMERIC,
        /// A code: shares, distinct counts and modes make sense.
        CATEGORICAL,
        /// A point in time, as days since 1970: distances to the cut-off make sense.
        TIME,
        /// The row number of a parent: distinct counts make sense.
        LINK
    }
}
