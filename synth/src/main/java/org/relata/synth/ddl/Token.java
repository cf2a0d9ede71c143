package org.relata.synth.ddl;

import java.util.Locale;

/// A word, name, literal or sign of SQL text.
///
/// @param kind what it is
/// @param text its text; of names and strings what stands between the quotes
/// @param offset where it begins in the text
record Token(Kind kind, String text, int offset) {
    /// What a token is.
    enum Kind {
        /// A keyword or a name without quotes.
        WORD,
        /// A name in quotes of any flavour.
        QUOTED,
        /// A text literal.
        STRING,
        /// A number without sign.
        NUMBER,
        /// Any other sign, one character long except for `::`.
        SIGN,
        /// What ends a statement.
        TERMINATOR,
        /// The end of the text.
        END
    }

    /// Whether it is this keyword, in whatever case.
    boolean is(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /// Whether it is this sign.
    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /// Whether it may name something. SQLite takes a string for a name where only a name makes sense.
    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED || kind == Kind.STRING;
    }

    /// The text in lower case, as names are compared.
    String key() {
        return text.toLowerCase(Locale.ROOT);
    }

    /// The token as an error shows it.
    String shown() {
        return switch (kind) {
            case END -> "the end of the statement";
            case STRING -> "'" + shortened() + "'";
            case QUOTED, WORD, NUMBER, SIGN, TERMINATOR -> "\"" + shortened() + "\"";
        };
    }

    private String shortened() {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 40 || line.length() < text.length()
                ? line.substring(0, Math.min(40, line.length())) + "…"
                : line;
    }
}
