package org.relata.sql.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.kernel.Where;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.sql.write.Sql.Kind;

/// Scalar kernels, key terms and conditions on keys as SQL expressions.
final class ScalarSql {
    private final Dialect dialect;
    private final Sql.Maker maker;
    private final RunTable run;

    ScalarSql(Dialect dialect, Sql.Maker maker, RunTable run) {
        this.dialect = dialect;
        this.maker = maker;
        this.run = run;
    }

    /// A kernel whose nodes are all scalar.
    ///
    /// @param arguments what stands for an argument
    /// @param references what stands for a key attribute
    Sql kernel(Kernel kernel, IntFunction<Sql> arguments, Function<KeyTerm.Reference, Sql> references) {
        return kernel(kernel, arguments, references, new IdentityHashMap<>());
    }

    /// A kernel some of whose nodes are written already.
    Sql kernel(
            Kernel kernel,
            IntFunction<Sql> arguments,
            Function<KeyTerm.Reference, Sql> references,
            IdentityHashMap<Kernel, Sql> made) {
        for (Kernel each : KernelGraph.sorted(kernel)) {
            if (!made.containsKey(each)) {
                made.put(each, node(each, made, arguments, references));
            }
        }
        return requireNonNull(made.get(kernel));
    }

    /// A kernel as a condition: whether it is not 0.
    Sql condition(Kernel kernel, IntFunction<Sql> arguments, Function<KeyTerm.Reference, Sql> references) {
        IdentityHashMap<Kernel, Sql> made = new IdentityHashMap<>();
        kernel(kernel, arguments, references, made);
        return condition(kernel, made, references);
    }

    private Sql node(
            Kernel kernel,
            IdentityHashMap<Kernel, Sql> made,
            IntFunction<Sql> arguments,
            Function<KeyTerm.Reference, Sql> references) {
        return switch (kernel) {
            case Leaf.Argument(int index, var _) -> arguments.apply(index);
            case Leaf.Constant(var tensor) -> number(tensor.number());
            case Leaf.KeyNumber(KeyTerm term) -> real(term(term, references));
            case Leaf.KeyTest(KeyPredicate predicate) ->
                maker.form(Kind.OTHER, "CASE WHEN {0} THEN 1 ELSE 0 END", predicate(predicate, references));
            case Leaf.Hyper(String name) -> maker.literal(run.number(name), Kind.REAL);
            case Leaf.Random random ->
                maker.form(
                        Kind.REAL,
                        run.random(random),
                        random.key().stream()
                                .map(term -> term(term, references))
                                .toArray(Sql[]::new));
            case Unary unary -> {
                Unary.Operation operation = unary.operation();
                Sql value = requireNonNull(made.get(unary.input()));
                yield switch (operation) {
                    case SIGN -> maker.form("SIGN({0})", value);
                    case NEGATE, ABS, RELU -> maker.form(dialect.text(operation), value);
                    case EXP, LOG, SQRT, SIGMOID, TANH, SOFTPLUS ->
                        maker.form(Kind.REAL, dialect.text(operation), real(value));
                };
            }
            case Binary binary -> {
                Binary.Operation operation = binary.operation();
                Sql a = requireNonNull(made.get(binary.left()));
                Sql b = requireNonNull(made.get(binary.right()));
                yield switch (operation) {
                    case ADD, SUBTRACT, MULTIPLY, MAXIMUM, MINIMUM -> maker.form(dialect.text(operation), a, b);
                    case DIVIDE, POWER -> maker.form(Kind.REAL, dialect.text(operation), either(a, b), b);
                    case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST ->
                        maker.form(Kind.OTHER, dialect.text(operation), a, b);
                };
            }
            case Where(Kernel condition, Kernel then, Kernel otherwise, var _) -> {
                Sql a = requireNonNull(made.get(then));
                Sql b = requireNonNull(made.get(otherwise));
                Sql chosen = condition(condition, made, references);
                yield a.real() || b.real()
                        ? maker.form(Kind.REAL, "CASE WHEN {0} THEN {1} ELSE {2} END", chosen, real(a), real(b))
                        : maker.form(Kind.OTHER, "CASE WHEN {0} THEN {1} ELSE {2} END", chosen, a, b);
            }
            case Linear.Reshape(Kernel input, var _) -> requireNonNull(made.get(input));
            case Linear.Broadcast(Kernel input, var _) -> requireNonNull(made.get(input));
            case Linear.MatMul _, Linear.Transpose _, Linear.Concat _, Linear.Slice _, Reduce _ ->
                throw new IllegalStateException("not scalar: " + kernel.text());
        };
    }

    /// The condition of a CASE, without a detour over 1 and 0 where it is a comparison.
    private Sql condition(
            Kernel condition, IdentityHashMap<Kernel, Sql> made, Function<KeyTerm.Reference, Sql> references) {
        return switch (condition) {
            case Binary(Binary.Operation operation, Kernel left, Kernel right, var _)
            when operation.isComparison() ->
                maker.form(
                        Kind.OTHER,
                        "{0} " + operation.symbol() + " {1}",
                        requireNonNull(made.get(left)),
                        requireNonNull(made.get(right)));
            case Leaf.KeyTest(KeyPredicate predicate) -> predicate(predicate, references);
            case Kernel other -> maker.form(Kind.OTHER, "{0} <> 0", requireNonNull(made.get(other)));
        };
    }

    /// The expression as a DOUBLE.
    Sql real(Sql expression) {
        if (expression.real()) {
            return expression;
        }
        return maker.form(Kind.REAL, "CAST({0} AS " + dialect.word(Dialect.Word.REAL) + ")", expression);
    }

    /// An operand, made DOUBLE if the other is not: a quotient of integers would lose its fraction.
    private Sql either(Sql operand, Sql other) {
        return other.real() ? operand : real(operand);
    }

    /// A literal; with an exponent where a decimal literal could lose a digit on its way to DOUBLE.
    Sql number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            String name = Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
            return maker.literal("CAST('" + name + "' AS " + dialect.word(Dialect.Word.REAL) + ")", Kind.REAL);
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return maker.literal(String.valueOf((long) number), Kind.OTHER);
        }
        String text = String.valueOf(number);
        if (text.contains("E")) {
            return maker.literal(text.replace("E", "e"), Kind.OTHER);
        }
        return maker.literal(text.replaceAll("[-.]", "").length() > 15 ? text + "e0" : text, Kind.OTHER);
    }

    /// A key term.
    Sql term(KeyTerm term, Function<KeyTerm.Reference, Sql> references) {
        return switch (term) {
            case KeyTerm.Reference reference -> references.apply(reference);
            case KeyTerm.Literal(Object value) -> literal(value);
            case KeyTerm.Arithmetic(KeyTerm.Operation operation, KeyTerm left, KeyTerm right) ->
                maker.form(
                        Kind.OTHER,
                        operation == KeyTerm.Operation.DIVIDED_BY
                                ? dialect.word(Dialect.Word.DIVISION)
                                : "{0} " + operation.symbol() + " {1}",
                        term(left, references),
                        term(right, references));
        };
    }

    /// A value of a key attribute.
    Sql literal(Object value) {
        return value instanceof String text
                ? maker.literal(dialect.literal(text), Kind.TEXT)
                : maker.literal(value.toString(), Kind.OTHER);
    }

    /// The values of a key and a tensor as literals.
    List<Sql> literals(Key key, double[] numbers) {
        List<Sql> literals = new ArrayList<>();
        key.values().forEach(value -> literals.add(literal(value)));
        for (double number : numbers) {
            literals.add(number(number));
        }
        return literals;
    }

    /// A condition on keys.
    Sql predicate(KeyPredicate predicate, Function<KeyTerm.Reference, Sql> references) {
        return switch (predicate) {
            case KeyPredicate.Compare(Comparison comparison, KeyTerm left, KeyTerm right) -> {
                boolean ordered = comparison != Comparison.EQUAL && comparison != Comparison.DIFFERENT;
                Sql a = term(left, references);
                Sql b = term(right, references);
                yield maker.form(
                        Kind.OTHER, "{0} " + comparison.symbol() + " {1}", ordered && a.text() ? collated(a) : a, b);
            }
            case KeyPredicate.And(List<KeyPredicate> parts) -> all(parts, "TRUE", " AND ", references);
            case KeyPredicate.Or(List<KeyPredicate> parts) -> all(parts, "FALSE", " OR ", references);
            case KeyPredicate.Not(KeyPredicate part) -> maker.form(Kind.OTHER, "NOT {0}", predicate(part, references));
        };
    }

    private Sql all(
            List<KeyPredicate> parts, String none, String operator, Function<KeyTerm.Reference, Sql> references) {
        return parts.stream()
                .map(part -> predicate(part, references))
                .reduce((a, b) -> maker.form(Kind.OTHER, "{0}" + operator + "{1}", a, b))
                .orElseGet(() -> maker.literal(none, Kind.OTHER));
    }

    private Sql collated(Sql text) {
        return maker.form(Kind.TEXT, dialect.word(Dialect.Word.COLLATION), text);
    }

    /// Fails for what cannot be written.
    static AlgebraException unsupported(String place, String problem, String remedy) {
        return new AlgebraException("sql.unsupported", place, problem, remedy);
    }
}
