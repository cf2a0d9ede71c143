package org.relata.database.config;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writing YAML by hand, so that files keep the order of their keys and may carry comments.
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_./ -]*(?<! )");
    private static final Set<String> RESERVED =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "~");

    private YamlText() {}

    /// A text as a YAML scalar: plain where every reader takes it as that text, in quotes otherwise.
    public static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        return control ? doubleQuoted(text) : '\'' + text.replace("'", "''") + '\'';
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /// A time in quotes, as a date alone when it is midnight.
    public static String time(LocalDateTime time) {
        boolean midnight = time.toLocalTime().equals(LocalTime.MIDNIGHT);
        return '\'' + (midnight ? time.toLocalDate().toString() : time.toString()) + '\'';
    }
}
