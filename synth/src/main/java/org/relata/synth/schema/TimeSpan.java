package org.relata.synth.schema;

import java.time.LocalDateTime;

/// From when to when the dated rows of a database reach.
///
/// @param from the first instant
/// @param to the last instant, after the first
public record TimeSpan(LocalDateTime from, LocalDateTime to) {
    /// Refuses an empty span.
    public TimeSpan {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the time span from " + from + " to " + to + " is empty");
        }
    }
}
