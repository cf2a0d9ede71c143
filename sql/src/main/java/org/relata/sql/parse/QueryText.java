package org.relata.sql.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// A query written anew for Calcite's parser, which reserves hundreds of words, folds the case of names and knows no
/// `:name`: keywords stay, and every name and literal becomes a quoted name that tells what it was by its first letter.
/// Positions in the new text lead back to the tokens of the old one.
///
/// Calcite's parser and what follows descend into brackets by recursion, so nesting is bounded here, before either sees
/// the text; so are operators in a row, which Calcite makes a chain of.
final class QueryText {
    /// How deep brackets, CASE and signs may be nested.
    static final int DEPTH = 100;
    /// How many operators may stand in one expression outside of brackets.
    static final int OPERATORS = 1000;

    private static final Set<String> STARTS_EXPRESSION =
            Set.of("SELECT", "FROM", "WHERE", "GROUP", "ON", "USING", "AS", "WHEN", "THEN", "ELSE", "WITH");
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=", "IN", "BETWEEN");
    private static final Set<String> INTEGER_TYPES = Set.of("INT", "INTEGER", "BIGINT", "SMALLINT");
    private static final Set<String> NUMBER_TYPES = Set.of("DOUBLE", "REAL", "FLOAT");

    private enum Opening {
        QUERY,
        BRACKET,
        CAST,
        CASE
    }

    /// What is open, and what of it has been read.
    private static final class Level {
        final Opening opening;
        int operators;
        int comparisons;
        int unions;

        Level(Opening opening) {
            this.opening = opening;
        }
    }

    private final List<Token> tokens;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> sources = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int signs;
    private final int[] offsets;

    /// @param tokens at least one
    QueryText(List<Token> tokens) {
        this.tokens = tokens;
        levels.push(new Level(Opening.QUERY));
        int index = 0;
        while (index < tokens.size()) {
            index = write(index);
        }
        offsets = starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The text for Calcite.
    String text() {
        return text.toString();
    }

    /// The token that was written at a column (from 1) of the text for Calcite.
    Token token(int column) {
        return tokens.get(index(column));
    }

    /// The place behind the query.
    Place end() {
        return tokens.getLast().end();
    }

    private int index(int column) {
        int found = Arrays.binarySearch(offsets, column - 1);
        return sources.get(Math.max(0, found >= 0 ? found : -found - 2));
    }

    /// Writes the token at an index; returns the index to go on with.
    private int write(int index) {
        Token token = tokens.get(index);
        if (token.kind() != Token.Kind.WORD) {
            return token.kind() == Token.Kind.SYMBOL ? symbol(index) : name(index);
        }
        Keywords.refusal(tokens, index).ifPresent(refusal -> {
            throw token.place().error("sql.refused", refusal.problem(), refusal.remedy());
        });
        Level level = levels.element();
        if (token.isWord("AS") && level.opening == Opening.CAST) {
            emit("AS", index);
            return type(index + 1);
        }
        return Keywords.isKeyword(tokens, index, level.opening == Opening.CASE) ? keyword(index) : name(index);
    }

    private int symbol(int index) {
        Token token = tokens.get(index);
        signs = token.text().equals("-") || token.text().equals("+") ? signs + 1 : 0;
        switch (token.text()) {
            case "(" -> {
                boolean cast = index > 0 && tokens.get(index - 1).isWord("CAST");
                levels.push(new Level(cast ? Opening.CAST : Opening.BRACKET));
            }
            case ")" -> {
                Opening opening = levels.element().opening;
                if (opening == Opening.QUERY) {
                    throw token.place().error("sql.syntax", "no bracket is open that ) would close", "leave it out");
                } else if (opening == Opening.CASE) {
                    throw token.place().error("sql.syntax", "CASE has no END", "add it before )");
                }
                levels.pop();
            }
            case "," -> startExpression();
            case "[", "]", ";" ->
                throw token.place().error("sql.syntax", token.text() + " has no meaning in a query", "");
            case "." -> {}
            default -> operator(token);
        }
        check(token);
        emit(token.text().equals("!=") ? "<>" : token.text(), index);
        return index + 1;
    }

    private int keyword(int index) {
        Token token = tokens.get(index);
        String word = token.upper();
        Level level = levels.element();
        signs = word.equals("NOT") ? signs + 1 : 0;
        switch (word) {
            case "CASE" -> levels.push(new Level(Opening.CASE));
            case "END" -> levels.pop();
            case "UNION" -> {
                if (++level.unions > OPERATORS) {
                    throw token.place()
                            .error("sql.deep", "more than " + OPERATORS + " UNION ALL in a row", "put brackets");
                }
            }
            case "AND", "OR", "IN", "BETWEEN" -> operator(token);
            default -> {
                if (STARTS_EXPRESSION.contains(word)) {
                    startExpression();
                }
            }
        }
        check(token);
        emit(word, index);
        return index + 1;
    }

    private int name(int index) {
        signs = 0;
        Token token = tokens.get(index);
        String mark = switch (token.kind()) {
            case WORD -> "u:";
            case QUOTED -> "q:";
            case STRING -> "s:";
            case NUMBER -> "n:";
            case HYPER -> "h:";
            case SYMBOL -> throw new IllegalStateException("a symbol is no name");
        };
        emit('"' + mark + token.text().replace("\"", "\"\"") + '"', index);
        return index + 1;
    }

    /// The type in `CAST(… AS type)`.
    private int type(int index) {
        String word = index < tokens.size() && tokens.get(index).kind() == Token.Kind.WORD
                ? tokens.get(index).upper()
                : "";
        if (!INTEGER_TYPES.contains(word) && !NUMBER_TYPES.contains(word)) {
            Place place = index < tokens.size()
                    ? tokens.get(index).place()
                    : tokens.getLast().end();
            throw place.error(
                    "sql.type", "this is no type to convert to", "CAST converts keys to DOUBLE and integers to BIGINT");
        }
        emit(INTEGER_TYPES.contains(word) ? "BIGINT" : "DOUBLE", index);
        boolean precision = index + 1 < tokens.size() && tokens.get(index + 1).isWord("PRECISION");
        return index + (word.equals("DOUBLE") && precision ? 2 : 1);
    }

    private void startExpression() {
        levels.element().operators = 0;
        levels.element().comparisons = 0;
    }

    private void operator(Token token) {
        Level level = levels.element();
        if (++level.operators > OPERATORS) {
            throw token.place()
                    .error(
                            "sql.deep",
                            "more than " + OPERATORS + " operators in one expression",
                            "put brackets around parts of it, or aggregate");
        }
        if (token.isWord("AND") || token.isWord("OR")) {
            level.comparisons = 0;
        } else if (COMPARISONS.contains(token.upper()) && ++level.comparisons > 1) {
            throw token.place()
                    .error("sql.syntax", "comparisons cannot stand in a row", "join them by AND, or put brackets");
        }
    }

    private void check(Token token) {
        if (levels.size() - 1 + signs > DEPTH) {
            throw token.place()
                    .error(
                            "sql.deep",
                            "brackets, CASE and signs are nested more than " + DEPTH + " deep",
                            "name parts of the query: WITH name AS (…)");
        }
    }

    private void emit(String written, int index) {
        starts.add(text.length());
        sources.add(index);
        text.append(written).append(' ');
    }
}
