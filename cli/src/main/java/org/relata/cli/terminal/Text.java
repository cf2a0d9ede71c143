package org.relata.cli.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Numbers, sizes and durations as people write them.
public final class Text {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Text() {}

    /// A whole number with commas: `25,860`.
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// A count with its noun: `1 table`, `9 tables`.
    public static String count(long value, String singular) {
        return count(value, singular, singular + "s");
    }

    /// A count with its noun in both forms.
    public static String count(long value, String singular, String plural) {
        return count(value) + " " + (value == 1 ? singular : plural);
    }

    /// A score with four significant digits or more; `–` when it is not a number.
    public static String score(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size != 0 && (size >= 1e7 || size < 1e-4)) {
            return String.format(Locale.ROOT, "%.4g", value);
        }
        return String.format(
                Locale.ROOT, size >= 1000 ? "%,.1f" : size >= 100 ? "%.2f" : size >= 10 ? "%.3f" : "%.4f", value);
    }

    /// A share as a percentage: `12 %`, `0.4 %`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", share * 100);
    }

    /// A size in bytes: `3.2 GB`, in steps of 1024.
    public static String bytes(long size) {
        double value = size;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /// A duration: `0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`.
    public static String duration(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        return whole / 3600 + " h" + (whole / 60 % 60 == 0 ? "" : " " + whole / 60 % 60 + " min");
    }

    /// The text cut to a length, with an ellipsis where something was cut.
    public static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "…";
    }

    /// The text in lines of at most the given length, broken at spaces; a longer word stands alone.
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
