package org.relata.synth.table;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.relata.synth.config.RowTimes;
import org.relata.synth.random.Key;
import org.relata.synth.schema.TimeSpan;

/// When the rows of a dated table are dated: ascending, so that the order of rows is that of time.
public interface RowClock {
    /// The time of a row, in microseconds since 1970-01-01T00:00.
    long micros(long row);

    /// Draws a clock.
    ///
    /// @param rows how many rows
    /// @param key the key of the table's times
    static RowClock of(RowTimes how, TimeSpan span, long rows, Key key) {
        long from = micros(span.from());
        long length = micros(span.to()) - from;
        return switch (how) {
            case EVEN -> {
                long steps = Math.max(1, rows - 1);
                // In two parts: the product of length and row may be too large for 64 bits.
                yield row -> from + length / steps * row + length % steps * row / steps;
            }
            case CALENDAR -> new WorkingHours(from, length, rows, key);
        };
    }

    /// The number of rows that are dated no later than a time.
    default long upTo(long micros, long rows) {
        long low = 0;
        long high = rows;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (micros(middle) <= micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Microseconds since 1970-01-01T00:00.
    static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
    }

    /// The time that many microseconds after 1970-01-01T00:00.
    static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(micros, ChronoUnit.MICROS);
    }
}
