package org.relata.features.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How a number is read off a source column.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reading")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reading.Number.class, name = "number"),
    @JsonSubTypes.Type(value = Reading.Flag.class, name = "flag"),
    @JsonSubTypes.Type(value = Reading.Code.class, name = "code"),
    @JsonSubTypes.Type(value = Reading.ListSize.class, name = "list-size"),
    @JsonSubTypes.Type(value = Reading.ListContains.class, name = "list-contains"),
    @JsonSubTypes.Type(value = Reading.TextLength.class, name = "text-length"),
    @JsonSubTypes.Type(value = Reading.TextWords.class, name = "text-words"),
    @JsonSubTypes.Type(value = Reading.TextBucket.class, name = "text-bucket"),
    @JsonSubTypes.Type(value = Reading.Element.class, name = "element"),
    @JsonSubTypes.Type(value = Reading.Day.class, name = "day"),
    @JsonSubTypes.Type(value = Reading.DaysAfter.class, name = "days-after"),
    @JsonSubTypes.Type(value = Reading.CalendarPart.class, name = "calendar-part"),
    @JsonSubTypes.Type(value = Reading.Link.class, name = "link")
})
public sealed interface Reading {
    /// The number itself; infinite values are missing, since one would turn every mean over it into nonsense.
    record Number() implements Reading {}

    /// 1 for true, 0 for false.
    record Flag() implements Reading {}

    /// The position of the value in the measure's categories, the last one for all values not among them.
    record Code() implements Reading {}

    /// How many elements a list has.
    record ListSize() implements Reading {}

    /// 1 when a list has the element, else 0.
    ///
    /// @param element the element as text
    record ListContains(String element) implements Reading {}

    /// How many characters a text has.
    record TextLength() implements Reading {}

    /// How many words a text has.
    record TextWords() implements Reading {}

    /// The share of a text's words that hash into a bucket.
    ///
    /// @param bucket which one, from 0
    /// @param buckets of how many
    record TextBucket(int bucket, int buckets) implements Reading {}

    /// An element of a vector.
    ///
    /// @param index which one, from 1
    record Element(int index) implements Reading {}

    /// A point in time as days since 1970.
    record Day() implements Reading {}

    /// Days from the row's own time to this time.
    ///
    /// @param timeColumn the column with the row's own time
    record DaysAfter(String timeColumn) implements Reading {}

    /// A part of a date as a category: code 0 is `first`; parts the measure has no category for are missing.
    ///
    /// @param part which part
    /// @param first the part that has code 0
    record CalendarPart(Part part, int first) implements Reading {
        /// Parts of a date; weekdays count from 1, Monday.
        public enum Part {
            /// The year.
            YEAR,
            /// The month, 1 to 12.
            MONTH,
            /// The day of the month, 1 to 31.
            DAY,
            /// The weekday, 1 (Monday) to 7.
            WEEKDAY
        }
    }

    /// The row number of the parent.
    record Link() implements Reading {}
}
