package org.relata.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How numbers, dates and spans of time are written for people. The same in every locale.
final class Figures {
    /// What stands where a number is missing.
    static final String MISSING = "–";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

    private Figures() {}

    /// A score: three decimals below 10, fewer above, two significant digits when very small.
    static String metric(double value) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        double size = Math.abs(value);
        if (size >= 1e7) {
            return minus(String.format(Locale.ROOT, "%.2e", value));
        }
        String text;
        if (size >= 1000) {
            text = String.format(Locale.ROOT, "%,.0f", value);
        } else if (size >= 100) {
            text = String.format(Locale.ROOT, "%.1f", value);
        } else if (size >= 10) {
            text = String.format(Locale.ROOT, "%.2f", value);
        } else if (size >= 0.001 || size == 0) {
            text = String.format(Locale.ROOT, "%.3f", value);
        } else {
            text = String.format(Locale.ROOT, "%.1e", value);
        }
        return minus(text);
    }

    /// A score with its sign.
    static String signed(double value) {
        return value > 0 ? "+" + metric(value) : metric(value);
    }

    /// A number as short as it can be, for axes.
    static String tick(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1e6) {
            return minus(trim(String.format(Locale.ROOT, "%.1f", value / 1e6))) + "M";
        }
        if (size >= 1e4) {
            return minus(trim(String.format(Locale.ROOT, "%.1f", value / 1e3))) + "k";
        }
        if (size < 1e-3) {
            return minus(String.format(Locale.ROOT, "%.0e", value));
        }
        return minus(trim(String.format(Locale.ROOT, "%.3f", value)));
    }

    /// A whole number in groups of three.
    static String count(long value) {
        return minus(String.format(Locale.ROOT, "%,d", value));
    }

    /// A count with its noun: `1 row`, `2 rows`.
    static String count(long value, String noun) {
        return count(value) + " " + (value == 1 ? noun : noun + "s");
    }

    /// A share of 1 as per cent.
    static String percent(double share) {
        if (!Double.isFinite(share)) {
            return MISSING;
        }
        double percent = share * 100;
        if (percent > 0 && percent < 0.1) {
            return "<0.1%";
        }
        return minus(String.format(Locale.ROOT, Math.abs(percent) >= 9.95 ? "%.0f%%" : "%.1f%%", percent));
    }

    /// Wall seconds.
    static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return MISSING;
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /// An amount of memory.
    static String megabytes(long megabytes) {
        return megabytes < 1024 ? count(megabytes) + " MB" : String.format(Locale.ROOT, "%.1f GB", megabytes / 1024.0);
    }

    /// A span of time in its largest whole unit: `60 days`, `12 hours`.
    static String span(Duration span) {
        for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
            Duration one = unit.getDuration();
            if (span.compareTo(one) >= 0 && span.toSeconds() % one.toSeconds() == 0) {
                String name = unit.toString().toLowerCase(Locale.ROOT);
                return count(span.dividedBy(one), name.substring(0, name.length() - 1));
            }
        }
        return count(span.toSeconds(), "second");
    }

    /// A point in time; midnight shows as the day alone.
    static String time(LocalDateTime time) {
        return (time.toLocalTime().equals(LocalTime.MIDNIGHT) ? DAY : MINUTE).format(time);
    }

    /// The day of a point in time.
    static String day(LocalDateTime time) {
        return DAY.format(time);
    }

    /// A point on the clock, in UTC.
    static String instant(Instant time) {
        return MINUTE.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + " UTC";
    }

    /// Microseconds since 1970 as a time.
    static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
    }

    /// An SVG coordinate, to a hundredth.
    static String coordinate(double value) {
        return trim(String.format(Locale.ROOT, "%.2f", value));
    }

    /// Round numbers that cover a range, about `wanted` of them.
    static List<Double> ticks(double low, double high, int wanted) {
        double step = Math.pow(10, Math.floor(Math.log10((high - low) / wanted)));
        for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
            if ((high - low) / (step * factor) <= wanted + 0.5) {
                step *= factor;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static String trim(String number) {
        String shorter = number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
        return shorter.equals("-0") ? "0" : shorter;
    }

    private static String minus(String number) {
        return number.replace('-', '−');
    }
}
