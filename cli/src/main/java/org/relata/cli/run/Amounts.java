package org.relata.cli.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes, durations and times as options and `config.yaml` spell them.
public final class Amounts {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]*)");
    private static final Pattern OFFSET = Pattern.compile(".*T.*([Zz]|[+-]\\d{2}:?\\d{2})$");
    private static final Map<String, Long> SIZES = Map.of(
            "k", 1L << 10, "kb", 1L << 10, "m", 1L << 20, "mb", 1L << 20, "g", 1L << 30, "gb", 1L << 30, "t", 1L << 40,
            "tb", 1L << 40);
    private static final Map<String, Long> SECONDS =
            Map.of("s", 1L, "sec", 1L, "m", 60L, "min", 60L, "h", 3600L, "d", 86400L);

    private Amounts() {}

    /// Reads `4g`, `512m`, `1.5 GB` as bytes, in steps of 1024.
    ///
    /// @throws IllegalArgumentException with what is wrong
    public static long size(String text) {
        return amount(text, SIZES, "a size such as 4g or 512m");
    }

    /// Reads `10m`, `90s`, `1.5h`, `PT10M`.
    ///
    /// @throws IllegalArgumentException with what is wrong
    public static Duration duration(String text) {
        if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("'" + text + "' is not a time such as 10m, 90s or 1h", e);
            }
        }
        return Duration.ofSeconds(amount(text, SECONDS, "a time such as 10m, 90s or 1h"));
    }

    /// Reads `2024-03-01`, `2024-03-01T12:00`, `2024-03-01 12:00:00`, a time with an offset, or `now`.
    ///
    /// @return the time in UTC
    /// @throws IllegalArgumentException with what is wrong
    public static LocalDateTime at(String text) {
        String stripped = text.strip();
        if (stripped.equalsIgnoreCase("now")) {
            return LocalDateTime.now(ZoneOffset.UTC);
        }
        String iso = stripped.replaceFirst("^(\\S+) +(\\S)", "$1T$2");
        try {
            if (!iso.contains("T")) {
                return LocalDate.parse(iso).atStartOfDay();
            }
            return OFFSET.matcher(iso).matches()
                    ? OffsetDateTime.parse(iso)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : LocalDateTime.parse(iso);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time such as 2024-03-01, 2024-03-01T12:00 or now", e);
        }
    }

    /// The size as [#size(String)] reads it, in the largest unit that divides it.
    public static String sizeText(long bytes) {
        for (int unit = 3; unit >= 1; unit--) {
            long size = 1L << (10 * unit);
            if (bytes % size == 0) {
                return bytes / size + "kmg".substring(unit - 1, unit);
            }
        }
        return bytes / 1024 + "k";
    }

    /// The duration as [#duration(String)] reads it, in whole seconds.
    public static String durationText(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static long amount(String text, Map<String, Long> units, String expected) {
        Matcher matcher = AMOUNT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("'" + text + "' is not " + expected);
        }
        long value = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(units.get(matcher.group(2))))
                .longValue();
        if (value <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not positive");
        }
        return value;
    }
}
