package org.relata.sql.parse;

import java.util.IdentityHashMap;
import java.util.List;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Operation;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.sql.parse.Syntax.Call;

/// Reads terms and conditions over keys.
final class KeyReader {
    /// How high arithmetic over keys may be piled.
    private static final int HEIGHT = 100;

    private final Scope scope;
    private final IdentityHashMap<Syntax, Boolean> keysOnly = new IdentityHashMap<>();

    KeyReader(Scope scope) {
        this.scope = scope;
    }

    /// Whether an expression is computed from keys, integers and texts alone; also a condition.
    boolean isKeysOnly(Syntax syntax) {
        Boolean known = keysOnly.get(syntax);
        if (known == null) {
            known = switch (syntax) {
                case Syntax.Name name -> scope.resolve(name) instanceof Scope.Meaning.Key;
                case Syntax.Number number -> number.isInteger();
                case Syntax.Text _ -> true;
                case Syntax.Hyper _ -> false;
                case Call call ->
                    call.isOne(
                                    "+",
                                    "*",
                                    "negate",
                                    "over",
                                    "modulo",
                                    "mod",
                                    "cast integer",
                                    "=",
                                    "<>",
                                    "<",
                                    "<=",
                                    ">",
                                    ">=",
                                    "and",
                                    "or",
                                    "not",
                                    "true",
                                    "false")
                            && call.arguments().stream().allMatch(this::isKeysOnly);
            };
            keysOnly.put(syntax, known);
        }
        return known;
    }

    /// Whether it is computed from keys, integers and texts alone, and no condition or plain number.
    boolean isTerm(Syntax syntax) {
        return isKeysOnly(syntax)
                && switch (syntax) {
                    case Syntax.Name _, Syntax.Text _ -> true;
                    case Syntax.Number _, Syntax.Hyper _ -> false;
                    case Call call ->
                        call.isOne("cast integer")
                                || (call.isOne("+", "*", "negate", "over", "modulo", "mod")
                                        && call.arguments().stream().anyMatch(this::isTerm));
                };
    }

    /// A term.
    KeyTerm term(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Name name ->
                switch (scope.resolve(name)) {
                    case Scope.Meaning.Key(String _, String variable, Domain _) -> KeyTerm.left(variable);
                    case Scope.Meaning.Column _ ->
                        throw name.place()
                                .error(
                                        "sql.keys",
                                        name.shown() + " is a value, and keys are computed from keys alone",
                                        "");
                };
            case Syntax.Number number -> KeyTerm.literal(integer(number, false));
            case Syntax.Text text -> KeyTerm.literal(text.value());
            case Syntax.Hyper hyper ->
                throw hyper.place().error("sql.keys", "keys are not computed from hyper-parameters", "");
            case Call call -> call(call);
        };
    }

    /// Whether a term is a text.
    Domain domain(KeyTerm term) {
        return switch (term) {
            case KeyTerm.Reference reference -> scope.domain(reference.name());
            case KeyTerm.Literal literal -> literal.value() instanceof Long ? Domain.INTEGER : Domain.TEXT;
            case KeyTerm.Arithmetic _ -> Domain.INTEGER;
        };
    }

    /// A condition.
    KeyPredicate predicate(Syntax syntax) {
        if (!(syntax instanceof Call call)) {
            throw syntax.place().error("sql.type", "this is not a condition", "compare it with something");
        }
        List<Syntax> arguments = call.arguments();
        return switch (call.function()) {
            case "and" ->
                new KeyPredicate.And(arguments.stream().map(this::predicate).toList());
            case "or" ->
                new KeyPredicate.Or(arguments.stream().map(this::predicate).toList());
            case "not" -> predicate(arguments.getFirst()).not();
            case "true" -> KeyPredicate.always();
            case "false" -> new KeyPredicate.Or(List.of());
            case "=", "<>", "<", "<=", ">", ">=" -> {
                KeyTerm left = term(arguments.get(0));
                KeyTerm right = term(arguments.get(1));
                if (domain(left) != domain(right)) {
                    throw call.place().error("sql.type", "an integer is compared with a text", "");
                }
                yield KeyPredicate.compare(left, comparison(call.function()), right);
            }
            default -> throw call.place().error("sql.type", "this is not a condition", "compare it with something");
        };
    }

    /// The comparison of a symbol.
    static Comparison comparison(String symbol) {
        for (Comparison each : Comparison.values()) {
            if (each.symbol().equals(symbol)) {
                return each;
            }
        }
        throw new IllegalArgumentException(symbol);
    }

    private KeyTerm call(Call call) {
        List<Syntax> arguments = call.arguments();
        return switch (call.function()) {
            case "+", "*" -> {
                KeyTerm result = term(arguments.getFirst());
                for (Syntax each : arguments.subList(1, arguments.size())) {
                    boolean inverse = each instanceof Call inner
                            && (call.isOne("+") ? inner.isOne("negate") : inner.isOne("over", "modulo"));
                    Operation operation = operation(call, inverse ? (Call) each : call, inverse);
                    KeyTerm operand = term(inverse ? ((Call) each).arguments().getFirst() : each);
                    result = arithmetic(operation, result, operand, each.place());
                }
                yield result;
            }
            case "mod" -> {
                if (arguments.size() != 2) {
                    throw call.place().error("sql.function", "MOD takes 2 arguments, not " + arguments.size(), "");
                }
                yield arithmetic(Operation.MODULO, term(arguments.get(0)), term(arguments.get(1)), call.place());
            }
            case "negate" ->
                arguments.getFirst() instanceof Syntax.Number number
                        ? KeyTerm.literal(integer(number, true))
                        : arithmetic(Operation.MINUS, KeyTerm.literal(0), term(arguments.getFirst()), call.place());
            case "cast integer" -> {
                KeyTerm term = term(arguments.getFirst());
                if (domain(term) == Domain.TEXT) {
                    throw call.place().error("sql.type", "a text is not converted to an integer", "");
                }
                yield term;
            }
            default ->
                throw call.place()
                        .error(
                                "sql.keys",
                                "keys are computed by +, -, *, / and % of integers alone",
                                "what is computed otherwise is a value");
        };
    }

    private static Operation operation(Call call, Call inverse, boolean inverted) {
        if (call.isOne("+")) {
            return inverted ? Operation.MINUS : Operation.PLUS;
        }
        return !inverted ? Operation.TIMES : inverse.isOne("over") ? Operation.DIVIDED_BY : Operation.MODULO;
    }

    private KeyTerm arithmetic(Operation operation, KeyTerm left, KeyTerm right, Place place) {
        if (domain(left) == Domain.TEXT || domain(right) == Domain.TEXT) {
            throw place.error("sql.type", "arithmetic on a text", "compute with integers");
        }
        KeyTerm result = new KeyTerm.Arithmetic(operation, left, right);
        if (height(result) > HEIGHT) {
            throw place.error("sql.deep", "more than " + HEIGHT + " operators over keys are on top of each other", "");
        }
        return result;
    }

    private static int height(KeyTerm term) {
        return term instanceof KeyTerm.Arithmetic(Operation _, KeyTerm left, KeyTerm right)
                ? 1 + Math.max(height(left), height(right))
                : 0;
    }

    private static long integer(Syntax.Number number, boolean negative) {
        try {
            return Long.parseLong((negative ? "-" : "") + number.digits());
        } catch (NumberFormatException e) {
            throw number.place().error("sql.keys", number.digits() + " is not a 64-bit integer", "keys are integers");
        }
    }
}
