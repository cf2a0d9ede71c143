package org.relata.features.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Which of the rows before the cut-off an aggregate looks at.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "window")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Window.AllHistory.class, name = "all"),
    @JsonSubTypes.Type(value = Window.Span.class, name = "span"),
    @JsonSubTypes.Type(value = Window.LastRows.class, name = "last")
})
public sealed interface Window {
    /// Every row before the cut-off.
    record AllHistory() implements Window {}

    /// Rows at most so long before the cut-off.
    ///
    /// @param microseconds the length
    record Span(long microseconds) implements Window {}

    /// The latest rows before the cut-off, however old.
    ///
    /// @param rows how many
    record LastRows(int rows) implements Window {}

    /// A length of time as people say it: `120 days`, `6 hours`.
    static String words(long microseconds) {
        long seconds = microseconds / 1_000_000;
        if (seconds % 86_400 == 0) {
            return plural(seconds / 86_400, "day");
        }
        if (seconds % 3_600 == 0) {
            return plural(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 ? plural(seconds / 60, "minute") : plural(seconds, "second");
    }

    private static String plural(long n, String unit) {
        return n + " " + unit + (n == 1 ? "" : "s");
    }
}
