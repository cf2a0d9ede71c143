package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.List;

/// Reads the tokens of one statement from left to right.
final class Cursor {
    private final List<Token> tokens;
    private int next;

    /// @param tokens at least one
    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean atEnd() {
        return next >= tokens.size();
    }

    /// Where the next token stands, or the text ends.
    Place place() {
        return atEnd() ? tokens.getLast().end() : tokens.get(next).place();
    }

    boolean seesWord(String word) {
        return seesWord(0, word);
    }

    boolean seesWord(int ahead, String word) {
        return next + ahead < tokens.size() && tokens.get(next + ahead).isWord(word);
    }

    boolean seesSymbol(String symbol) {
        return seesSymbol(0, symbol);
    }

    boolean seesSymbol(int ahead, String symbol) {
        return next + ahead < tokens.size() && tokens.get(next + ahead).isSymbol(symbol);
    }

    /// Steps over a keyword, if it stands here.
    boolean word(String word) {
        return step(seesWord(word));
    }

    /// Steps over a symbol, if it stands here.
    boolean symbol(String symbol) {
        return step(seesSymbol(symbol));
    }

    /// Steps over a keyword that must stand here.
    void expectWord(String word, String remedy) {
        if (!word(word)) {
            throw unexpected(word, remedy);
        }
    }

    /// Steps over a symbol that must stand here.
    void expectSymbol(String symbol, String remedy) {
        if (!symbol(symbol)) {
            throw unexpected(symbol, remedy);
        }
    }

    /// A name that must stand here.
    Identifier name(String what) {
        if (atEnd() || !tokens.get(next).isName()) {
            throw unexpected(what, "");
        }
        return tokens.get(next++).name();
    }

    /// A token of a kind that must stand here.
    Token token(Token.Kind kind, String what) {
        if (atEnd() || tokens.get(next).kind() != kind) {
            throw unexpected(what, "");
        }
        return tokens.get(next++);
    }

    /// A list in brackets of at least one name.
    List<Identifier> names(String what) {
        expectSymbol("(", "");
        List<Identifier> names = new ArrayList<>();
        do {
            names.add(name(what));
        } while (symbol(","));
        expectSymbol(")", "");
        return names;
    }

    /// What has not been read.
    List<Token> rest() {
        return tokens.subList(next, tokens.size());
    }

    /// The error of something else standing here.
    RuntimeException unexpected(String expected, String remedy) {
        String found = atEnd() ? "the statement ends" : tokens.get(next).shown() + " stands";
        return place().error("sql.syntax", found + " where " + expected + " should be", remedy);
    }

    private boolean step(boolean seen) {
        next += seen ? 1 : 0;
        return seen;
    }
}
