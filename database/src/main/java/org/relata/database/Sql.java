package org.relata.database;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/// Quoting of identifiers and literals for DuckDB. Every name that reaches SQL text goes through here.
public final class Sql {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private Sql() {}

    /// The name in double quotes, with inner quotes doubled: safe for reserved words, spaces and any letters.
    public static String id(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A text literal in single quotes, with inner quotes doubled. Values that can be bound are bound instead.
    public static String text(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }

    /// A timestamp literal in microseconds.
    public static String timestamp(LocalDateTime time) {
        return "TIMESTAMP '" + TIMESTAMP.format(time) + '\'';
    }
}
