package org.relata.sql.parse;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which words of a query are keywords, depending on their neighbours, and which keywords say what is outside of the
/// dialect. All other words are names, whatever the SQL standard reserves.
final class Keywords {
    private static final Set<String> ALWAYS = Set.of(
            "SELECT", "FROM", "WHERE", "AS", "JOIN", "ON", "WITH", "UNION", "CASE", "AND", "OR", "NOT", "IN", "BETWEEN",
            "TRUE", "FALSE");
    private static final Set<String> OF_CASE = Set.of("WHEN", "THEN", "ELSE", "END");
    private static final Set<String> BEFORE_OPERAND = Set.of("WHEN", "THEN", "ELSE", "AND", "OR", "NOT", "BETWEEN");

    /// What a refused keyword is answered.
    record Refusal(String problem, String remedy) {}

    private Keywords() {}

    /// Whether the word at an index is a keyword.
    ///
    /// @param inCase whether a CASE is open
    static boolean isKeyword(List<Token> tokens, int index, boolean inCase) {
        if (isName(tokens, index)) {
            return false;
        }
        // In `ELSE end END` the first is a column: a value must stand there.
        String word = tokens.get(index).upper();
        return ALWAYS.contains(word)
                || (inCase && OF_CASE.contains(word) && !wantsOperand(tokens, index - 1))
                || switch (word) {
                    case "GROUP" -> word(tokens, index + 1, "BY");
                    case "BY" -> word(tokens, index - 1, "GROUP");
                    case "INNER", "CROSS" -> word(tokens, index + 1, "JOIN");
                    case "USING", "CAST" -> symbol(tokens, index + 1, "(");
                    case "ALL" -> word(tokens, index - 1, "UNION") || word(tokens, index - 1, "SELECT");
                    default -> false;
                };
    }

    /// Why the word at an index is refused, if it is.
    static Optional<Refusal> refusal(List<Token> tokens, int index) {
        if (isName(tokens, index)) {
            return Optional.empty();
        }
        String next = index + 1 < tokens.size() ? tokens.get(index + 1).upper() : "";
        boolean number = kind(tokens, index + 1, Token.Kind.NUMBER) || kind(tokens, index + 1, Token.Kind.HYPER);
        boolean bracket = symbol(tokens, index + 1, "(");
        boolean afterBracket = symbol(tokens, index - 1, ")");
        boolean join = Set.of("JOIN", "INNER", "OUTER", "LEFT", "RIGHT", "FULL").contains(next);
        String word = tokens.get(index).upper();
        return switch (word) {
            case "OVER" ->
                when(
                        afterBracket,
                        "window functions are not differentiated",
                        "aggregate in a sub-query and join it back on the key");
            case "DISTINCT" ->
                when(
                        true,
                        "DISTINCT is not supported: a relation has each key once",
                        "GROUP BY the keys that should differ");
            case "HAVING" ->
                when(
                        true,
                        "HAVING is not supported: which keys there are must not depend on computed values",
                        "weigh " + "values with CASE WHEN instead");
            case "ORDER" ->
                when(next.equals("BY"), "ORDER BY is not supported: relations have no order", "leave it out");
            case "LIMIT" ->
                when(
                        number || next.equals("ALL"),
                        "LIMIT is not supported: relations have no order",
                        "restrict keys in WHERE");
            case "OFFSET", "FETCH" ->
                when(
                        number || Set.of("FIRST", "NEXT").contains(next),
                        word + " is not supported: relations have no order",
                        "restrict keys in WHERE");
            case "INTERSECT", "EXCEPT" ->
                when(true, word + " is not supported", "join on the keys that both have, or restrict keys in WHERE");
            case "MINUS" -> when(next.equals("SELECT"), "MINUS is not supported", "restrict keys in WHERE");
            case "EXISTS" ->
                when(
                        bracket,
                        "EXISTS is not supported",
                        "join the sub-query in FROM, grouped by the key that is compared");
            case "ANY", "SOME", "ALL" ->
                when(
                        bracket && !word(tokens, index - 1, "UNION"),
                        word + " over a sub-query is not supported",
                        "join the sub-query in FROM");
            case "LEFT", "RIGHT", "FULL" ->
                when(
                        join,
                        "outer joins are not supported: a relation has no NULL",
                        "use JOIN, or UNION ALL, which takes what is absent for zero");
            case "NATURAL" ->
                when(join, "NATURAL JOIN is not supported", "say which keys are equal: JOIN … USING (key)");
            case "SEMI", "ANTI", "ASOF", "POSITIONAL" ->
                when(join, word + " JOIN is not supported", "use JOIN … ON, and GROUP BY where keys would repeat");
            case "RECURSIVE" ->
                when(word(tokens, index - 1, "WITH"), "recursive queries are not supported", "write out the steps");
            case "LATERAL" ->
                when(
                        bracket || kind(tokens, index + 1, Token.Kind.WORD),
                        "LATERAL is not supported: a sub-query cannot see the tables beside it",
                        "join them on keys");
            case "NULL" -> when(true, "NULL is not supported: what is absent has no row", "leave the row out");
            case "IS" ->
                when(
                        Set.of("NULL", "NOT", "TRUE", "FALSE", "DISTINCT").contains(next),
                        "IS is not supported: no value is NULL",
                        "leave the condition out");
            case "LIKE", "ILIKE", "SIMILAR" ->
                when(
                        kind(tokens, index + 1, Token.Kind.STRING) || next.equals("TO"),
                        word + " is not supported",
                        "compare keys with =, <, BETWEEN or IN");
            case "FILTER", "WITHIN" ->
                when(
                        afterBracket && (bracket || next.equals("GROUP")),
                        word + " is not supported",
                        "aggregate CASE WHEN … THEN … ELSE 0 END, or restrict keys in WHERE");
            case "VALUES" -> when(bracket, "VALUES is not supported", "declare a table for these rows");
            default -> Optional.empty();
        };
    }

    private static Optional<Refusal> when(boolean applies, String problem, String remedy) {
        return applies ? Optional.of(new Refusal(problem, remedy)) : Optional.empty();
    }

    /// Whether the neighbours alone say that a word is a name: behind a dot, before a dot, behind AS.
    private static boolean isName(List<Token> tokens, int index) {
        return symbol(tokens, index - 1, ".") || symbol(tokens, index + 1, ".") || word(tokens, index - 1, "AS");
    }

    /// Whether an operand must follow the token at an index.
    private static boolean wantsOperand(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        return token.kind() == Token.Kind.SYMBOL ? !token.isSymbol(")") : BEFORE_OPERAND.contains(token.upper());
    }

    private static boolean word(List<Token> tokens, int index, String word) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isWord(word);
    }

    private static boolean symbol(List<Token> tokens, int index, String symbol) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isSymbol(symbol);
    }

    private static boolean kind(List<Token> tokens, int index, Token.Kind kind) {
        return index >= 0 && index < tokens.size() && tokens.get(index).kind() == kind;
    }
}
