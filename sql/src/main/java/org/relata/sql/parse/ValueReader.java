package org.relata.sql.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.algebra.value.Shape;
import org.relata.sql.parse.Syntax.Call;

/// Reads value expressions. Keys and integers in them are real numbers: 1 / 2 is a half.
final class ValueReader {
    /// How large one expression may be: what is written once but read often (BETWEEN) counts each time.
    private static final int NODES = 10_000;
    /// How many functions may be on top of each other.
    private static final int HEIGHT = 250;

    private final Scope scope;
    private final KeyReader keys;
    private int nodes;
    private boolean inAggregate;

    ValueReader(Scope scope, KeyReader keys) {
        this.scope = scope;
        this.keys = keys;
    }

    /// Whether an aggregate stands in an expression.
    static boolean hasAggregate(Syntax syntax) {
        Set<Syntax> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Syntax> open = new ArrayDeque<>(List.of(syntax));
        while (!open.isEmpty()) {
            if (open.pop() instanceof Call call && seen.add(call)) {
                if (Functions.AGGREGATES.containsKey(call.function())) {
                    return true;
                }
                call.arguments().forEach(open::push);
            }
        }
        return false;
    }

    Value read(Syntax syntax) {
        if (++nodes > NODES) {
            throw syntax.place()
                    .error(
                            "sql.deep",
                            "the expression has more than " + NODES + " parts",
                            "compute some in a sub-query");
        }
        return switch (syntax) {
            case Syntax.Name name ->
                switch (scope.resolve(name)) {
                    case Scope.Meaning.Column(int table, String column, Shape shape) ->
                        new Value.Column(table, column, shape);
                    case Scope.Meaning.Key(String _, String variable, Domain domain) ->
                        number(KeyTerm.left(variable), domain, name.place());
                };
            case Syntax.Number number -> Value.number(Literals.finite(number.digits(), number.place()));
            case Syntax.Text text ->
                throw text.place().error("sql.type", "a text is no value", "compare it with a key");
            case Syntax.Hyper hyper -> new Value.Fixed((Leaf) Kernels.hyper(hyper.name()));
            case Call call -> call(call);
        };
    }

    /// A condition: a value that is 1 or 0.
    Value condition(Syntax syntax) {
        if (keys.isKeysOnly(syntax)) {
            return new Value.OfKeys(new Leaf.KeyTest(keys.predicate(syntax)));
        }
        if (syntax instanceof Call call) {
            List<Syntax> arguments = call.arguments();
            switch (call.function()) {
                case "and", "or" -> {
                    List<Value> parts = arguments.stream().map(this::condition).toList();
                    return apply(call.isOne("and") ? Functions.AND : Functions.OR, parts, call.place());
                }
                case "not" -> {
                    return apply(Functions.NOT, List.of(condition(arguments.getFirst())), call.place());
                }
                case "=", "<>", "<", "<=", ">", ">=" -> {
                    Comparison comparison = KeyReader.comparison(call.function());
                    Operation operation = Operation.elements(
                            call.function(), false, (left, right) -> Kernels.compare(left, comparison, right));
                    return apply(operation, List.of(read(arguments.get(0)), read(arguments.get(1))), call.place());
                }
                default -> {}
            }
        }
        throw syntax.place().error("sql.type", "this is not a condition", "compare it with something");
    }

    private Value call(Call call) {
        List<Syntax> arguments = call.arguments();
        Place place = call.place();
        Aggregator aggregator = Functions.AGGREGATES.get(call.function());
        if (aggregator != null) {
            return aggregate(aggregator, call);
        }
        Functions.Signature signature = Functions.BY_NAME.get(call.function());
        if (signature != null) {
            count(call, signature.least(), signature.most());
            return apply(signature.operation(), readAll(arguments), place);
        }
        return switch (call.function()) {
            case "+" -> apply(Operation.SUM, readAll(arguments), place);
            case "*" -> product(call);
            case "negate" ->
                arguments.getFirst() instanceof Syntax.Number number
                        ? Value.number(-Literals.finite(number.digits(), number.place()))
                        : apply(Functions.NEGATE, readAll(arguments), place);
            case "mod" -> {
                count(call, 2, 2);
                yield ofKeys(call);
            }
            case "cast integer" -> ofKeys(call);
            case "cast double" ->
                keys.isTerm(arguments.getFirst()) ? ofKeys(arguments.getFirst()) : read(arguments.getFirst());
            case "case" -> {
                List<Value> parts = new ArrayList<>();
                for (int index = 0; index < arguments.size(); index++) {
                    boolean condition = index % 2 == 0 && index < arguments.size() - 1;
                    parts.add(condition ? condition(arguments.get(index)) : read(arguments.get(index)));
                }
                yield apply(Functions.CASE, parts, place);
            }
            case "leaky_relu" -> {
                count(call, 1, 2);
                double slope = arguments.size() == 1 ? 0.01 : literal(arguments.get(1));
                yield apply(Functions.leakyRelu(slope), List.of(read(arguments.getFirst())), place);
            }
            case "slice" -> {
                count(call, 3, 3);
                Operation slice = Functions.slice(index(arguments.get(1)), index(arguments.get(2)));
                yield apply(slice, List.of(read(arguments.getFirst())), place);
            }
            case "random" -> {
                count(call, 1, Integer.MAX_VALUE);
                yield random(arguments, Shape.SCALAR, place);
            }
            case "random_like" -> {
                count(call, 2, Integer.MAX_VALUE);
                Value like = read(arguments.getFirst());
                yield random(arguments.subList(1, arguments.size()), like.shape(), place);
            }
            case "=", "<>", "<", "<=", ">", ">=", "and", "or", "not", "true", "false" ->
                throw place.error("sql.type", "a condition is not a number", "write CASE WHEN … THEN 1 ELSE 0 END");
            case "coalesce", "ifnull", "nullif", "nvl" ->
                throw place.error(
                        "sql.refused", "no value is NULL: " + call.function() + " has no use", "leave it out");
            default -> throw unknown(call);
        };
    }

    private Value aggregate(Aggregator aggregator, Call call) {
        if (inAggregate) {
            throw call.place()
                    .error("sql.refused", "an aggregate of an aggregate", "compute the inner one in a sub-query");
        }
        boolean all = call.arguments().isEmpty();
        if (!all || aggregator != Aggregator.COUNT) {
            count(call, 1, 1);
        }
        inAggregate = true;
        Value input =
                all ? Value.number(1) : counted(aggregator, call.arguments().getFirst());
        inAggregate = false;
        return new Value.Aggregated(aggregator, input);
    }

    /// What is aggregated. What is counted may also be a text.
    private Value counted(Aggregator aggregator, Syntax syntax) {
        return aggregator == Aggregator.COUNT && keys.isKeysOnly(syntax) ? Value.number(1) : read(syntax);
    }

    /// Factors over divisors; a remainder is one of keys.
    private Value product(Call call) {
        List<Value> factors = new ArrayList<>();
        List<Value> divisors = new ArrayList<>();
        for (Syntax each : call.arguments()) {
            if (each instanceof Call inner && inner.isOne("modulo")) {
                return ofKeys(call);
            }
            boolean divides = each instanceof Call inner && inner.isOne("over");
            (divides ? divisors : factors)
                    .add(read(divides ? ((Call) each).arguments().getFirst() : each));
        }
        Value dividend = factors.size() == 1 ? factors.getFirst() : apply(Operation.PRODUCT, factors, call.place());
        if (divisors.isEmpty()) {
            return dividend;
        }
        Value divisor = divisors.size() == 1 ? divisors.getFirst() : apply(Operation.PRODUCT, divisors, call.place());
        return apply(Functions.DIVIDE, List.of(dividend, divisor), call.place());
    }

    /// Integer arithmetic over keys, as a number.
    private Value ofKeys(Syntax syntax) {
        if (!keys.isKeysOnly(syntax)) {
            throw syntax.place().error("sql.type", "remainders and conversions to integers are of keys alone", "");
        }
        KeyTerm term = keys.term(syntax);
        return number(term, keys.domain(term), syntax.place());
    }

    private static Value number(KeyTerm term, Domain domain, Place place) {
        if (domain == Domain.TEXT) {
            throw place.error("sql.type", "a text is not a number", "compare it, or leave it a key");
        }
        return new Value.OfKeys(new Leaf.KeyNumber(term));
    }

    private Value random(List<Syntax> arguments, Shape shape, Place place) {
        if (!(arguments.getFirst() instanceof Syntax.Text stream)) {
            throw place.error("sql.function", "random numbers need the name of a stream", "random('name', key, …)");
        }
        List<KeyTerm> terms = new ArrayList<>();
        for (Syntax each : arguments.subList(1, arguments.size())) {
            if (!keys.isKeysOnly(each)) {
                throw each.place().error("sql.function", "random numbers are functions of keys alone", "");
            }
            terms.add(keys.term(each));
        }
        return new Value.OfKeys(new Leaf.Random(stream.value(), terms, shape));
    }

    private List<Value> readAll(List<Syntax> arguments) {
        return arguments.stream().map(this::read).toList();
    }

    private static Value apply(Operation operation, List<Value> inputs, Place place) {
        Value.Apply applied = place.locate(() -> new Value.Apply(operation, inputs));
        if (applied.height() > HEIGHT) {
            throw place.error(
                    "sql.deep", "more than " + HEIGHT + " functions are on top of each other", "use sub-queries");
        }
        return applied;
    }

    private static void count(Call call, int least, int most) {
        int given = call.arguments().size();
        if (given < least || given > most) {
            String wanted = least == most ? "" + least : "at least " + least;
            throw call.place()
                    .error(
                            "sql.function",
                            call.function() + " takes " + wanted
                                    + (least == 1 && most == 1 ? " argument" : " arguments") + ", not " + given,
                            "");
        }
    }

    private static double literal(Syntax syntax) {
        boolean negative = syntax instanceof Call call && call.isOne("negate");
        Syntax plain = negative ? ((Call) syntax).arguments().getFirst() : syntax;
        if (!(plain instanceof Syntax.Number number)) {
            throw syntax.place().error("sql.function", "a number should stand here", "");
        }
        return (negative ? -1 : 1) * Literals.finite(number.digits(), number.place());
    }

    private static int index(Syntax syntax) {
        double number = literal(syntax);
        if (number < 0 || number > ColumnType.LARGEST || number != Math.rint(number)) {
            throw syntax.place().error("sql.function", "a position is an integer, counted from 0", "");
        }
        return (int) number;
    }

    private static RuntimeException unknown(Call call) {
        List<String> names = new ArrayList<>(Functions.BY_NAME.keySet());
        names.addAll(Functions.AGGREGATES.keySet());
        names.addAll(List.of("leaky_relu", "slice", "random", "random_like", "mod"));
        Identifier name = new Identifier(call.function(), false, call.place());
        Optional<String> hint = Optional.of(name.hint(names)).filter(text -> text.startsWith("did"));
        return call.place()
                .error("sql.unknown", "there is no function " + name, hint.orElse("docs/reference/sql.md lists them"));
    }
}
