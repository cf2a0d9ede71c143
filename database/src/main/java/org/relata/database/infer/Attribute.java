package org.relata.database.infer;

import java.util.Locale;

/// A column as it is looked at before the store is written.
///
/// @param name its name
/// @param sql the DuckDB expression that gives its value from a row of its relation
/// @param type the DuckDB type of that expression
public record Attribute(String name, String sql, String type) {
    /// Whether its values are texts.
    public boolean isText() {
        return type.equals("VARCHAR") || type.startsWith("ENUM") || type.equals("UUID") || type.equals("JSON");
    }

    /// Whether its values are whole numbers.
    public boolean isInteger() {
        return switch (type) {
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT" -> true;
            default -> false;
        };
    }

    /// Whether its values are numbers that need not be whole.
    public boolean isFloating() {
        return type.equals("DOUBLE") || type.equals("FLOAT") || type.startsWith("DECIMAL");
    }

    /// Whether its values are dates or points in time.
    public boolean isTime() {
        return type.equals("DATE") || type.startsWith("TIMESTAMP");
    }

    /// Whether its values are lists.
    public boolean isList() {
        return type.endsWith("]");
    }

    /// The name in lower case without anything but letters and digits: `Customer_ID` becomes `customerid`.
    public String plainName() {
        return plain(name);
    }

    /// A name in lower case without anything but letters and digits.
    public static String plain(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
