package org.relata.database.task;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relata.database.RelataException;

/// Lengths of time as task files write them: `30 days`, `12 hours`, `1 week`, `1 day 12:00:00`, `PT36H`.
public final class Durations {
    private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)\\s*,?");
    private static final Pattern CLOCK = Pattern.compile("\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d*)?)?\\s*");
    private static final Map<String, Long> SECONDS = Map.ofEntries(
            Map.entry("s", 1L),
            Map.entry("sec", 1L),
            Map.entry("second", 1L),
            Map.entry("m", 60L),
            Map.entry("min", 60L),
            Map.entry("minute", 60L),
            Map.entry("h", 3600L),
            Map.entry("hr", 3600L),
            Map.entry("hour", 3600L),
            Map.entry("d", 86_400L),
            Map.entry("day", 86_400L),
            Map.entry("w", 604_800L),
            Map.entry("week", 604_800L));

    private Durations() {}

    /// Reads a length of time.
    ///
    /// @param text numbers with units (`30 days`, `1 week 12 hours`, `90m`), optionally followed by a clock time
    ///     (`30 days 00:00:00`), or ISO 8601 (`P30D`)
    /// @param place where the text stands, for the error
    /// @throws RelataException `duration.invalid` when the text is none of these, names months or years, or is not
    /// positive
    public static Duration parse(String text, String place) {
        Duration duration = read(text.strip(), place);
        if (!duration.isPositive()) {
            throw invalid(text, place, "is not longer than nothing");
        }
        return duration;
    }

    private static Duration read(String text, String place) {
        if (text.startsWith("P") || text.startsWith("p")) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw (RelataException) invalid(text, place, "is not an ISO 8601 duration of days or less")
                        .causedBy(e);
            }
        }
        Duration sum = Duration.ZERO;
        int at = 0;
        Matcher part = PART.matcher(text);
        while (at < text.length() && part.region(at, text.length()).lookingAt()) {
            sum = sum.plus(amount(part.group(1), part.group(2), text, place));
            at = part.end();
        }
        if (at == text.length() && at > 0) {
            return sum;
        }
        Matcher clock = CLOCK.matcher(text.substring(at));
        if (!clock.matches()) {
            throw invalid(text, place, "is not a length of time");
        }
        int seconds = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
        return sum.plusHours(Integer.parseInt(clock.group(1)))
                .plusMinutes(Integer.parseInt(clock.group(2)))
                .plusSeconds(seconds);
    }

    private static Duration amount(String number, String unitText, String text, String place) {
        String lower = unitText.toLowerCase(Locale.ROOT);
        String unit = lower.length() > 1 && lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
        Long seconds = SECONDS.get(unit);
        if (seconds == null) {
            boolean calendar = unit.startsWith("month") || unit.startsWith("year") || unit.equals("y");
            throw invalid(
                    text,
                    place,
                    calendar ? "names " + unitText + ", which differ in length" : "has an unknown unit " + unitText);
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(number) * seconds * 1000));
    }

    /// The length as task files write it, in the largest unit that divides it: `30 days`, `12 hours`.
    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return count(seconds / 86_400, "day");
        }
        if (seconds % 3600 == 0) {
            return count(seconds / 3600, "hour");
        }
        return seconds % 60 == 0 ? count(seconds / 60, "minute") : count(seconds, "second");
    }

    /// The length as it stands inside `INTERVAL '…'` in label SQL: `30 days 12:00:00`.
    static String interval(Duration duration) {
        return String.format(
                Locale.ROOT,
                "%d days %02d:%02d:%02d",
                duration.toDays(),
                duration.toHoursPart(),
                duration.toMinutesPart(),
                duration.toSecondsPart());
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    private static RelataException invalid(String text, String place, String problem) {
        return RelataException.usage(
                "duration.invalid",
                place,
                "\"" + text + "\" " + problem,
                "write a number and a unit: 30 days, 12 hours, 1 week");
    }
}
