package org.relata.sql.parse;

import java.util.Locale;

/// One word, name, literal or symbol of a model file.
///
/// @param text as its kind says
/// @param end the place just behind it
record Token(Kind kind, String text, Place place, Place end) {
    /// What tokens there are.
    enum Kind {
        /// A keyword or an unquoted name, as written.
        WORD,
        /// A quoted name, without its quotes.
        QUOTED,
        /// A string, without its quotes.
        STRING,
        /// An unsigned number, as written.
        NUMBER,
        /// The name of a hyper-parameter, without its colon.
        HYPER,
        /// Anything else.
        SYMBOL
    }

    /// Whether it is this keyword (given in capitals).
    boolean isWord(String word) {
        return kind == Kind.WORD && upper().equals(word);
    }

    /// Whether it is this symbol.
    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /// Whether it can be a name.
    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /// It as a name.
    Identifier name() {
        return new Identifier(text, kind == Kind.QUOTED, place);
    }

    /// In capitals.
    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }

    /// As a message shows it.
    String shown() {
        String all = switch (kind) {
            case WORD, NUMBER, SYMBOL -> text;
            case QUOTED -> "\"" + text + "\"";
            case STRING -> "'" + text + "'";
            case HYPER -> ":" + text;
        };
        return all.length() > 40 ? all.substring(0, 40) + "…" : all;
    }
}
