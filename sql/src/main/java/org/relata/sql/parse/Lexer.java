package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.relata.sql.parse.Token.Kind;

/// Cuts text into tokens and leaves out comments.
final class Lexer {
    private static final List<String> PAIRS = List.of("<>", "!=", "<=", ">=");
    private static final String SINGLES = "()[],.;+-*/%=<>";

    private final String file;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String file, String text) {
        this.file = file;
        this.text = text;
    }

    static List<Token> tokens(String file, String text) {
        Lexer lexer = new Lexer(file, text);
        lexer.run();
        return List.copyOf(lexer.tokens);
    }

    private void run() {
        while (at < text.length()) {
            char first = text.charAt(at);
            Place place = here();
            if (Character.isWhitespace(first) || first == '\uFEFF') {
                step();
            } else if (text.startsWith("--", at)) {
                while (at < text.length() && text.charAt(at) != '\n') {
                    step();
                }
            } else if (text.startsWith("/*", at)) {
                comment(place);
            } else if (first == '\'' || first == '"') {
                quoted(first, place);
            } else if (digit(at) || (first == '.' && digit(at + 1) && !afterName())) {
                number(place);
            } else if (Character.isUnicodeIdentifierStart(text.codePointAt(at)) || first == '_') {
                add(Kind.WORD, word(), place);
            } else if (first == ':') {
                hyper(place);
            } else {
                symbol(place);
            }
        }
    }

    private void comment(Place place) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw place.error("sql.syntax", "the comment does not end", "close it with */");
        }
        while (at < end + 2) {
            step();
        }
    }

    private void quoted(char quote, Place place) {
        StringBuilder content = new StringBuilder();
        step();
        while (true) {
            if (at >= text.length()) {
                String what = quote == '"' ? "the quoted name" : "the string";
                throw place.error("sql.syntax", what + " does not end", "close it with " + quote);
            }
            char each = text.charAt(at);
            step();
            if (each == quote) {
                if (at >= text.length() || text.charAt(at) != quote) {
                    break;
                }
                step();
            }
            content.append(each);
        }
        if (quote == '"' && content.isEmpty()) {
            throw place.error("sql.syntax", "the name is empty", "write one between the quotes");
        }
        add(quote == '"' ? Kind.QUOTED : Kind.STRING, content.toString(), place);
    }

    private void number(Place place) {
        int start = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            step();
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            if (digit(at + 1 + sign)) {
                at += 1 + sign;
                digits();
            }
        }
        String number = text.substring(start, at);
        if (at < text.length() && (Character.isUnicodeIdentifierPart(text.codePointAt(at)))) {
            throw place.error(
                    "sql.syntax",
                    "the number " + number + " runs into a name",
                    "put a space between, or quote the name");
        }
        add(Kind.NUMBER, number, place);
    }

    private void hyper(Place place) {
        step();
        if (at >= text.length()
                || !(Character.isUnicodeIdentifierStart(text.codePointAt(at)) || text.charAt(at) == '_')) {
            throw place.error(
                    "sql.syntax", "no name after :", "write :name for a hyper-parameter, CAST(x AS DOUBLE) to convert");
        }
        add(Kind.HYPER, word(), place);
    }

    private void symbol(Place place) {
        for (String pair : PAIRS) {
            if (text.startsWith(pair, at)) {
                at += 2;
                add(Kind.SYMBOL, pair, place);
                return;
            }
        }
        if (SINGLES.indexOf(text.charAt(at)) < 0) {
            String shown = new String(Character.toChars(text.codePointAt(at)));
            throw place.error("sql.syntax", "the character " + shown + " has no meaning here", "");
        }
        step();
        add(Kind.SYMBOL, text.substring(at - 1, at), place);
    }

    private String word() {
        int start = at;
        while (at < text.length()) {
            int each = text.codePointAt(at);
            if (!Character.isUnicodeIdentifierPart(each) && each != '$') {
                break;
            }
            at += Character.charCount(each);
        }
        return text.substring(start, at);
    }

    private void digits() {
        while (digit(at)) {
            at++;
        }
    }

    private boolean digit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    /// Whether a dot here would separate two parts of a name.
    private boolean afterName() {
        return at > 0
                && !tokens.isEmpty()
                && tokens.getLast().isName()
                && tokens.getLast().end().equals(here());
    }

    private void step() {
        if (text.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private Place here() {
        return new Place(file, line, at - lineStart + 1);
    }

    private void add(Kind kind, String content, Place place) {
        tokens.add(new Token(kind, content, place, here()));
    }
}
