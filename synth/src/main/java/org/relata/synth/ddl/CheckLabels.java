package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.synth.ddl.Token.Kind;

/// Finds the columns that a `CHECK` limits to a list of values.
///
/// It goes by the structure of the expression: what an `AND` joins holds on its own, an `OR` limits a column only when
/// every side does (or lets it be null), and a list counts only when it stands behind a bare column: `c IN (…)`,
/// `c = 'x'`, or `c = ANY (ARRAY[…])`, which is how PostgreSQL writes the first. Anything else limits nothing.
final class CheckLabels {
    /// Deeper than people or programs nest.
    private static final int DEEPEST = 100;

    private final Source source;

    /// @param source where the expressions stand
    CheckLabels(Source source) {
        this.source = source;
    }

    /// The limited columns of an expression.
    List<Labels> of(List<Token> expression) {
        return of(expression, 0);
    }

    private List<Labels> of(List<Token> expression, int depth) {
        if (depth > DEEPEST) {
            return List.of();
        }
        List<Token> bare = bare(expression);
        List<List<Token>> all = split(bare, "AND");
        if (all.size() > 1) {
            return all.stream().flatMap(part -> of(part, depth + 1).stream()).toList();
        }
        List<List<Token>> any = split(bare, "OR");
        return any.size() > 1
                ? either(any, depth)
                : comparison(bare).map(List::of).orElse(List.of());
    }

    private List<Labels> either(List<List<Token>> sides, int depth) {
        String column = "";
        List<String> values = new ArrayList<>();
        for (List<Token> side : sides) {
            List<Labels> found = of(side, depth + 1);
            Optional<String> subject =
                    found.size() == 1 ? Optional.of(found.getFirst().column()) : nullTest(side);
            if (subject.isEmpty() || !column.isEmpty() && !column.equals(subject.get())) {
                return List.of();
            }
            column = subject.get();
            found.forEach(labels -> values.addAll(labels.values()));
        }
        return values.isEmpty() ? List.of() : List.of(new Labels(column, values));
    }

    /// The column of `c IS NULL`.
    private Optional<String> nullTest(List<Token> side) {
        TokenCursor cursor = cursor(bare(side));
        Optional<Token> column = column(cursor);
        return column.isPresent() && cursor.accept("IS", "NULL") && cursor.atEnd()
                ? column.map(Token::key)
                : Optional.empty();
    }

    private Optional<Labels> comparison(List<Token> expression) {
        TokenCursor cursor = cursor(expression);
        Optional<Token> column = column(cursor);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<String>> values = Optional.empty();
        if (cursor.accept("IN") && cursor.isSign("(")) {
            values = literals(cursor.parenthesised());
        } else if (cursor.acceptSign("=")) {
            if (cursor.accept("ANY") && cursor.isSign("(")) {
                values = array(bare(cursor.parenthesised()));
            } else {
                values = literals(rest(cursor));
            }
        }
        return cursor.atEnd() ? values.map(v -> new Labels(column.get().key(), v)) : Optional.empty();
    }

    /// A bare column, in parentheses or not, with or without the name of its table and a cast.
    private Optional<Token> column(TokenCursor cursor) {
        Optional<Token> found = Optional.empty();
        if (cursor.isSign("(")) {
            TokenCursor inner = cursor(bare(cursor.parenthesised()));
            found = inner.isSign("(") ? Optional.empty() : column(inner);
            found = inner.atEnd() ? found : Optional.empty();
        } else if (cursor.peek().kind() == Kind.WORD || cursor.peek().kind() == Kind.QUOTED) {
            Token name = cursor.next();
            while (cursor.isSign(".") && cursor.peek(1).isName()) {
                cursor.next();
                name = cursor.next();
            }
            found = Optional.of(name);
        }
        casts(cursor);
        return found;
    }

    private Optional<List<String>> literals(List<Token> list) {
        List<String> values = new ArrayList<>();
        for (List<Token> each : split(list, ",")) {
            Optional<String> value = literal(each, true);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private Optional<String> literal(List<Token> tokens, boolean outermost) {
        TokenCursor cursor = cursor(bare(tokens));
        if (cursor.isSign("(")) { // a cast around a parenthesis: ('x')::text
            List<Token> within = cursor.parenthesised();
            Optional<String> inner = outermost ? literal(within, false) : Optional.empty();
            casts(cursor);
            return cursor.atEnd() ? inner : Optional.empty();
        }
        if (cursor.peek().kind() == Kind.WORD
                && cursor.peek().text().startsWith("_")
                && cursor.peek(1).kind() == Kind.STRING) {
            cursor.next(); // MySQL names the character set of a text before it
        }
        String sign = cursor.acceptSign("-") ? "-" : "";
        Token value = cursor.next();
        casts(cursor);
        boolean literal = switch (value.kind()) {
            case STRING, QUOTED -> sign.isEmpty();
            case NUMBER -> true;
            case WORD -> sign.isEmpty() && (value.is("TRUE") || value.is("FALSE"));
            case SIGN, TERMINATOR, END -> false;
        };
        return literal && cursor.atEnd() ? Optional.of(sign + value.text()) : Optional.empty();
    }

    /// The values of `ARRAY[…]` or `'{…}'`, with or without casts around it.
    private Optional<List<String>> array(List<Token> tokens) {
        TokenCursor cursor = cursor(tokens);
        Optional<List<String>> values = Optional.empty();
        if (cursor.isSign("(")) {
            List<Token> inner = bare(cursor.parenthesised());
            values = !inner.isEmpty() && inner.getFirst().isSign("(") ? Optional.empty() : array(inner);
        } else if (cursor.accept("ARRAY") && cursor.acceptSign("[")) {
            List<Token> list = new ArrayList<>();
            int depth = 0;
            while (!cursor.atEnd() && (depth > 0 || !cursor.isSign("]"))) {
                depth += cursor.isSign("[") ? 1 : cursor.isSign("]") ? -1 : 0;
                list.add(cursor.next());
            }
            cursor.acceptSign("]");
            values = literals(list);
        } else if (cursor.peek().kind() == Kind.STRING) {
            String text = cursor.next().text();
            boolean plain = text.matches("\\{[^{}\"\\\\]+}");
            values = plain
                    ? Optional.of(List.of(text.substring(1, text.length() - 1).split(",", -1)))
                    : values;
        }
        casts(cursor);
        return cursor.atEnd() ? values : Optional.empty();
    }

    private static void casts(TokenCursor cursor) {
        while (cursor.isSign("::") && cursor.peek(1).isName()) {
            cursor.next();
            SqlType.read(cursor);
        }
    }

    /// The tokens without the parentheses around all of them.
    private static List<Token> bare(List<Token> tokens) {
        List<Token> inner = tokens;
        for (int i = 0; i < DEEPEST && wrapped(inner); i++) {
            inner = inner.subList(1, inner.size() - 1);
        }
        return inner;
    }

    private static boolean wrapped(List<Token> tokens) {
        if (tokens.size() < 2 || !tokens.getFirst().isSign("(")) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).isSign("(") ? 1 : tokens.get(i).isSign(")") ? -1 : 0;
            if (depth == 0) {
                return i == tokens.size() - 1;
            }
        }
        return false;
    }

    /// The parts between a keyword or comma that stands outside parentheses, brackets and `CASE … END`.
    private static List<List<Token>> split(List<Token> tokens, String separator) {
        List<List<Token>> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean between = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean opens = token.isSign("(") || token.isSign("[") || token.is("CASE");
            boolean closes = token.isSign(")") || token.isSign("]") || token.is("END");
            depth += opens ? 1 : closes ? -1 : 0;
            if (depth == 0 && token.is("BETWEEN")) {
                between = true;
            } else if (depth == 0 && (token.is(separator) || token.isSign(separator))) {
                if (between && token.is("AND")) {
                    between = false;
                } else {
                    parts.add(tokens.subList(start, i));
                    start = i + 1;
                }
            }
        }
        parts.add(tokens.subList(start, tokens.size()));
        return parts;
    }

    private static List<Token> rest(TokenCursor cursor) {
        List<Token> rest = new ArrayList<>();
        while (!cursor.atEnd()) {
            rest.add(cursor.next());
        }
        return rest;
    }

    private TokenCursor cursor(List<Token> tokens) {
        List<Token> ended = new ArrayList<>(tokens);
        ended.add(
                new Token(Kind.END, "", tokens.isEmpty() ? 0 : tokens.getLast().offset()));
        return new TokenCursor(source, ended);
    }
}
