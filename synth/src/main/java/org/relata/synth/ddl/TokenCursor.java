package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.List;
import org.relata.database.RelataException;
import org.relata.synth.ddl.Token.Kind;

/// A place among the tokens of one statement, the last of which is of kind END.
final class TokenCursor {
    private final Source source;
    private final List<Token> tokens;
    private int at;

    TokenCursor(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /// The token here.
    Token peek() {
        return tokens.get(at);
    }

    /// The token some places ahead, or the end.
    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /// The token here; goes on to the next.
    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    boolean is(String keyword) {
        return peek().is(keyword);
    }

    boolean isSign(String sign) {
        return peek().isSign(sign);
    }

    /// Whether these keywords come next.
    boolean are(String... keywords) {
        for (int i = 0; i < keywords.length; i++) {
            if (!peek(i).is(keywords[i])) {
                return false;
            }
        }
        return true;
    }

    /// Passes these keywords, if all of them come next.
    boolean accept(String... keywords) {
        boolean found = are(keywords);
        at += found ? keywords.length : 0;
        return found;
    }

    boolean acceptSign(String sign) {
        boolean found = isSign(sign);
        at += found ? 1 : 0;
        return found;
    }

    void expect(String keyword) {
        if (!accept(keyword)) {
            throw unexpected(keyword + " belongs");
        }
    }

    void expectSign(String sign) {
        if (!acceptSign(sign)) {
            throw unexpected(sign + " belongs");
        }
    }

    /// A name.
    ///
    /// @param what whose name, for the error
    Token name(String what) {
        if (!peek().isName() || peek().text().isBlank()) {
            throw unexpected("the name of " + what + " belongs");
        }
        return next();
    }

    /// A name that may stand behind the name of a schema, and of a catalogue.
    QualifiedName qualifiedName(String what) {
        Token first = name(what);
        String schema = "";
        Token last = first;
        while (acceptSign(".")) {
            schema = last.text();
            last = name(what);
        }
        return new QualifiedName(schema, last.text(), first);
    }

    /// What stands in the parentheses that open here.
    List<Token> parenthesised() {
        Token open = peek();
        expectSign("(");
        int start = at;
        int depth = 1;
        while (depth > 0) {
            Token token = next();
            if (token.kind() == Kind.END) {
                throw source.syntax(open, "the parenthesis ( is not closed", "close it with )");
            }
            depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
        }
        return List.copyOf(tokens.subList(start, at - 1));
    }

    /// The columns that the expression in the parentheses here limits to a list of values.
    List<Labels> labels() {
        return new CheckLabels(source).of(parenthesised());
    }

    /// Names in parentheses, each perhaps with a length or a direction, as keys are written.
    List<Token> names(String what) {
        expectSign("(");
        List<Token> names = new ArrayList<>();
        do {
            names.add(name(what));
            if (isSign("(")) {
                parenthesised();
            }
            if (accept("COLLATE")) {
                qualifiedName("a collation");
            }
            if (!accept("ASC")) {
                accept("DESC");
            }
        } while (acceptSign(","));
        expectSign(")");
        return names;
    }

    /// Passes one token, or all of a parenthesis.
    void skip() {
        if (isSign("(")) {
            parenthesised();
        } else {
            next();
        }
    }

    /// An error about what stands here.
    ///
    /// @param wanted what belongs here, as the end of a sentence
    RelataException unexpected(String wanted) {
        return unexpected(wanted, "correct it, or take the statement out");
    }

    RelataException unexpected(String wanted, String remedy) {
        return source.syntax(peek(), "found " + peek().shown() + " where " + wanted, remedy);
    }

    /// An error about a token.
    RelataException unsupported(Token token, String problem, String remedy) {
        return source.error("ddl.unsupported", token.offset(), problem, remedy);
    }
}
