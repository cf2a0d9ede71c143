package org.relata.synth.ddl;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.relata.synth.ddl.Token.Kind;

/// Cuts SQL text into tokens, one at a time, so that whoever reads them can have the data of a dump passed over.
///
/// One lexer serves all flavours: quotes, comments and literals of the three hardly get in each other's way. Where they
/// do (a backslash inside a string, `#`), what the text looks like as a whole decides.
final class Lexer {
    private static final Pattern MYSQL = Pattern.compile(
            "\\)\\s*ENGINE\\s*=|\\bAUTO_INCREMENT\\b|/\\*!\\d{5}|^-- (MySQL|MariaDB) dump",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /// What the data of a dump cannot make a dump of MySQL, whatever words they hold.
    private static final Pattern NOT_MYSQL =
            Pattern.compile("^-- PostgreSQL database dump|\\bpg_catalog\\.|^PRAGMA ", Pattern.MULTILINE);

    private static final Set<String> STRING_PREFIXES = Set.of("e", "n", "b", "x");

    private final Source source;
    private final String text;
    private final boolean mysql;
    private String terminator = ";";
    private boolean nestedComments;
    private int at;

    Lexer(Source source) {
        this.source = source;
        this.text = source.text();
        this.mysql = MYSQL.matcher(text).find() && !NOT_MYSQL.matcher(text).find();
        this.nestedComments = !mysql;
    }

    /// The next token; at the end of the text one of kind END, however often it is asked for.
    Token next() {
        skipBlanks();
        if (at >= text.length()) {
            return new Token(Kind.END, "", text.length());
        }
        if (text.startsWith(terminator, at)) {
            return token(Kind.TERMINATOR, at, at + terminator.length());
        }
        char c = text.charAt(at);
        if (isLetter(c)) {
            return word();
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            return number();
        }
        return switch (c) {
            case '\'' -> quoted(Kind.STRING, at, '\'', mysql);
            case '"', '`' -> quoted(Kind.QUOTED, at, c, mysql && c == '"');
            case '[' -> bracket();
            case '$' -> dollar();
            case ':' -> token(Kind.SIGN, at, at + (peek(1) == ':' ? 2 : 1));
            default -> token(Kind.SIGN, at, at + Character.charCount(text.codePointAt(at)));
        };
    }

    /// Passes over the lines of data that follow `COPY … FROM stdin`, up to and with the line `\.`.
    void skipCopyData(Token copy) {
        int line = endOfLine(at);
        while (line < text.length()) {
            int start = line + 1;
            line = endOfLine(start);
            if (text.substring(start, Math.min(line, start + 3)).stripTrailing().equals("\\.")) {
                at = line;
                return;
            }
        }
        throw source.syntax(copy, "the data of COPY do not end", "close them with a line that holds \\. alone");
    }

    /// Reads what MySQL's `DELIMITER` makes the end of a statement from here on.
    void readTerminator(Token delimiter) {
        int end = endOfLine(at);
        String given = text.substring(at, end).strip();
        if (given.isEmpty()) {
            throw source.syntax(delimiter, "DELIMITER names no delimiter", "write one after it, such as ;");
        }
        terminator = given;
        at = end;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff') {
                at++;
            } else if (c == '-' && peek(1) == '-'
                    || c == '#' && (mysql || startsLine())
                    || c == '\\' && startsLine()) { // the last are commands to psql
                at = endOfLine(at);
            } else if (c == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    /// PostgreSQL nests comments and the others do not; a text in which nesting never ends does not mean it.
    private void skipComment() {
        int start = at;
        int depth = 0;
        while (nestedComments) {
            int close = text.indexOf("*/", at + 2);
            int open = text.indexOf("/*", at + 2);
            if (close < 0) {
                nestedComments = false;
            } else if (open >= 0 && open < close) {
                depth++;
                at = open;
            } else if (depth == 0) {
                at = close + 2;
                return;
            } else {
                depth--;
                at = close;
            }
        }
        int close = text.indexOf("*/", start + 2);
        if (close < 0) {
            throw source.error("ddl.syntax", start, "the comment that begins with /* does not end", "close it with */");
        }
        at = close + 2;
    }

    private Token word() {
        int end = at + 1;
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '\'') {
            String prefix = text.substring(at, end).toLowerCase(Locale.ROOT);
            if (STRING_PREFIXES.contains(prefix)) {
                return quoted(Kind.STRING, end, '\'', mysql || prefix.equals("e"));
            }
        }
        return token(Kind.WORD, at, end);
    }

    /// A number, or a name that begins with a digit, as MySQL allows.
    private Token number() {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end++;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int digits = end + 1;
            if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) {
                digits++;
            }
            int stop = digits;
            while (stop < text.length() && isDigit(text.charAt(stop))) {
                stop++;
            }
            end = stop > digits ? stop : end;
        }
        if (end < text.length() && isLetter(text.charAt(end)) && text.charAt(end - 1) != '.') {
            while (end < text.length() && isPart(text.charAt(end))) {
                end++;
            }
            return token(Kind.WORD, at, end);
        }
        return token(Kind.NUMBER, at, end);
    }

    private Token quoted(Kind kind, int open, char quote, boolean backslash) {
        int start = at;
        StringBuilder content = new StringBuilder();
        int from = open + 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && backslash && i + 1 < text.length()) {
                content.append(text, from, i);
                i++;
                from = i; // the escaped character stands for itself
            } else if (c == quote) {
                content.append(text, from, i);
                if (i + 1 >= text.length() || text.charAt(i + 1) != quote) {
                    at = i + 1;
                    return new Token(kind, content.toString(), start);
                }
                i++;
                from = i;
            }
        }
        throw source.error(
                "ddl.syntax",
                start,
                (kind == Kind.STRING ? "the text" : "the name") + " that begins with " + quote + " does not end",
                "close it with " + quote + "; a quote inside is written twice");
    }

    /// `[a name]`, unless it is a subscript or belongs to an array type.
    private Token bracket() {
        int close = text.indexOf(']', at, endOfLine(at));
        boolean subscript = at > 0 && (isPart(text.charAt(at - 1)) || text.charAt(at - 1) == ']');
        if (close < 0 || subscript || !isLetter(peek(1))) {
            return token(Kind.SIGN, at, at + 1);
        }
        Token name = new Token(Kind.QUOTED, text.substring(at + 1, close), at);
        at = close + 1;
        return name;
    }

    /// A string between `$$` or `$tag$`.
    private Token dollar() {
        int tag = at + 1;
        while (tag < text.length() && text.charAt(tag) != '$' && isPart(text.charAt(tag))) {
            tag++;
        }
        if (tag >= text.length() || text.charAt(tag) != '$' || isDigit(peek(1))) {
            return token(Kind.SIGN, at, at + 1);
        }
        String mark = text.substring(at, tag + 1);
        int close = text.indexOf(mark, tag + 1);
        if (close < 0) {
            throw source.error(
                    "ddl.syntax", at, "the text that begins with " + mark + " does not end", "close it with " + mark);
        }
        Token string = new Token(Kind.STRING, text.substring(tag + 1, close), at);
        at = close + mark.length();
        return string;
    }

    private Token token(Kind kind, int start, int end) {
        at = end;
        return new Token(kind, text.substring(start, end), start);
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private boolean startsLine() {
        int i = at - 1;
        while (i >= 0 && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i--;
        }
        return i < 0 || text.charAt(i) == '\n' || text.charAt(i) == '\r';
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', Math.min(from, text.length()));
        return end < 0 ? text.length() : end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '_' || Character.isSurrogate(c);
    }

    private static boolean isPart(char c) {
        return isLetter(c) || isDigit(c) || c == '$';
    }
}
