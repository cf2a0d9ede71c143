package org.relata.sql.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.sql.write.Block.Body;
import org.relata.sql.write.Block.Grouping;
import org.relata.sql.write.Block.Source;
import org.relata.sql.write.Block.Table;
import org.relata.sql.write.Sql.Kind;

/// Cuts a program into blocks of one SELECT each.
///
/// Operators are merged into one block as long as nothing is computed more often than the algebra computes it, or than
/// is cheaper than to keep it ([Repetition]): a grouped block, a block that several others read, and one whose computed
/// values a join would repeat get a definition of their own.
final class SqlPlanner {
    private final Dialect dialect;
    private final Storage storage;
    private final Sql.Maker maker = new Sql.Maker();
    private final ScalarSql scalar;
    private final Rows rows;
    private final Definitions definitions;
    private final IdentityHashMap<RelExpr, Block> blocks = new IdentityHashMap<>();
    private final IdentityHashMap<RelExpr, Integer> uses = new IdentityHashMap<>();

    /// @param hints names that people gave to expressions
    /// @param prefix before the name of each definition
    SqlPlanner(
            Dialect dialect, Storage storage, RunTable run, Function<RelExpr, Optional<String>> hints, String prefix) {
        this.dialect = dialect;
        this.storage = storage;
        this.definitions = new Definitions(dialect, maker, hints, prefix);
        this.scalar = new ScalarSql(dialect, maker, run);
        this.rows = new Rows(maker);
    }

    Sql.Maker maker() {
        return maker;
    }

    /// A block for each output; the outputs share objects.
    SequencedMap<String, Block> plan(SequencedMap<String, RelExpr> outputs) {
        RelExpr[] roots = outputs.values().toArray(RelExpr[]::new);
        List<RelExpr> order = Sharing.sorted(roots);
        for (RelExpr each : order) {
            each.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
            if (each instanceof Scan scan) {
                definitions.reserve(storage.of(scan).alias());
            }
        }
        for (RelExpr root : roots) {
            uses.merge(root, 1, Integer::sum);
        }
        Map<RelExpr, Integer> sums = sums(order, roots);
        for (RelExpr each : order) {
            Block block = block(each);
            boolean shared = uses.getOrDefault(each, 0) > 1
                    && !each.inputs().isEmpty()
                    && !Repetition.cheap(block)
                    && !Repetition.again(block, sums.getOrDefault(each, 0), dialect);
            blocks.put(each, shared || Repetition.deep(block) ? named(each, block) : block);
        }
        SequencedMap<String, Block> result = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> result.put(name, of(expression)));
        return result;
    }

    /// How many aggregates read an expression, itself or through selections, where nothing else does.
    private static Map<RelExpr, Integer> sums(List<RelExpr> order, RelExpr[] roots) {
        Map<RelExpr, Integer> sums = new IdentityHashMap<>();
        Set<RelExpr> others = Collections.newSetFromMap(new IdentityHashMap<>());
        others.addAll(List.of(roots));
        for (RelExpr each : order.reversed()) {
            switch (each) {
                case Aggregate aggregate -> sums.merge(aggregate.input(), 1, Integer::sum);
                case Select select -> {
                    sums.merge(select.input(), sums.getOrDefault(each, 0), Integer::sum);
                    if (others.contains(each)) {
                        others.add(select.input());
                    }
                }
                case Join _, Add _ -> others.addAll(each.inputs());
                case Scan _, Constant _ -> {}
            }
        }
        others.forEach(sums::remove);
        return sums;
    }

    private Block block(RelExpr expression) {
        return switch (expression) {
            case Scan scan -> scan(scan);
            case Constant constant -> constant(constant);
            case Select select -> select(select);
            case Aggregate aggregate -> aggregate(aggregate);
            case Join join -> join(join);
            case Add add -> add(add);
        };
    }

    private Block of(RelExpr expression) {
        return requireNonNull(blocks.get(expression), "inputs come before their users");
    }

    private Block scan(Scan scan) {
        Stored stored = storage.of(scan);
        int number = definitions.source();
        SequencedMap<String, Sql> key = new LinkedHashMap<>();
        List<Attribute> attributes = scan.type().key();
        for (int index = 0; index < attributes.size(); index++) {
            Attribute attribute = attributes.get(index);
            key.put(attribute.name(), maker.column(number, stored.keys().get(index), Definitions.kind(attribute)));
        }
        List<Sql> values = new ArrayList<>();
        for (String value : stored.values()) {
            values.add(column(number, value));
        }
        List<Sql> where = new ArrayList<>();
        stored.condition()
                .ifPresent(condition -> where.add(scalar.condition(
                        condition,
                        index -> column(number, stored.read().get(index)),
                        reference -> requireNonNull(key.get(reference.name())))));
        return new Block(
                List.of(new Source(number, new Table.Base(stored), attributes.isEmpty())),
                where,
                key,
                values,
                Optional.empty());
    }

    private Sql column(int source, String column) {
        return column.matches("-?[0-9.]+")
                ? maker.literal(column, Kind.OTHER)
                : maker.column(source, column, Kind.REAL);
    }

    private Block constant(Constant constant) {
        Relation relation = constant.relation();
        if (relation.attributes().isEmpty() && relation.size() == 1) {
            double[] numbers = relation.get(Key.EMPTY).orElseThrow().toArray();
            List<Sql> values = new ArrayList<>();
            for (double number : numbers) {
                values.add(scalar.number(number));
            }
            return new Block(List.of(), List.of(), new LinkedHashMap<>(), values, Optional.empty());
        }
        List<List<Sql>> literals = new ArrayList<>();
        relation.tuples().forEach((key, tensor) -> {
            List<Sql> row = scalar.literals(key, tensor.toArray());
            List<Sql> typed =
                    new ArrayList<>(row.subList(0, relation.attributes().size()));
            row.subList(relation.attributes().size(), row.size()).forEach(number -> typed.add(scalar.real(number)));
            literals.add(typed);
        });
        List<String> types = new ArrayList<>();
        relation.attributes().forEach(attribute -> types.add(dialect.type(attribute.domain())));
        types.addAll(Collections.nCopies(relation.shape().size(), dialect.word(Dialect.Word.REAL)));
        return definitions.reading(definitions.define(constant, new Body.Rows(literals, types)), constant);
    }

    private Block select(Select select) {
        Block input = of(select.input());
        Block result = selected(select, input);
        // Values of groups that are used again and again are worth a SELECT of their own.
        return input.grouped() && Repetition.length(result) > 3 * Repetition.length(input) + 20
                ? selected(select, named(select.input(), input))
                : result;
    }

    private Block selected(Select select, Block input) {
        Function<KeyTerm.Reference, Sql> references =
                reference -> requireNonNull(input.key().get(reference.name()));
        Block kept = select.where().isTrue() ? input : input.where(and(input.where(), select.where(), references));
        return kept.with(key(select.project(), references), values(select.kernel(), input, input, references));
    }

    private List<Sql> and(List<Sql> where, KeyPredicate condition, Function<KeyTerm.Reference, Sql> references) {
        List<Sql> all = new ArrayList<>(where);
        List<KeyPredicate> parts =
                condition instanceof KeyPredicate.And(List<KeyPredicate> each) ? each : List.of(condition);
        for (KeyPredicate part : parts) {
            Sql written = scalar.predicate(part, references);
            if (!all.contains(written)) {
                all.add(written);
            }
        }
        return all;
    }

    private SequencedMap<String, Sql> key(KeyProjection projection, Function<KeyTerm.Reference, Sql> references) {
        SequencedMap<String, Sql> key = new LinkedHashMap<>();
        projection.columns().forEach(column -> key.put(column.name(), scalar.term(column.term(), references)));
        return key;
    }

    private List<Sql> values(Kernel kernel, Block left, Block right, Function<KeyTerm.Reference, Sql> references) {
        IdentityHashMap<Kernel, Sql> known = new IdentityHashMap<>();
        return Elements.of(kernel).stream()
                .map(element -> scalar.kernel(
                        element,
                        argument -> (argument % 2 == 0 ? left : right).values().get(argument / 2),
                        references,
                        known))
                .toList();
    }

    private Block aggregate(Aggregate aggregate) {
        Block input = of(aggregate.input());
        if (input.grouped()) {
            input = named(aggregate.input(), input);
        }
        Block rows = input;
        Function<KeyTerm.Reference, Sql> references =
                reference -> requireNonNull(rows.key().get(reference.name()));
        SequencedMap<String, Sql> key = key(aggregate.groupBy(), references);
        List<Sql> by = new ArrayList<>(key.values().stream()
                .filter(each -> !each.isLiteral())
                .distinct()
                .toList());
        Aggregator aggregator = aggregate.aggregator();
        String text = dialect.total(aggregator);
        List<Sql> values = aggregator == Aggregator.COUNT
                ? List.of(maker.total(Kind.OTHER, text))
                : input.values().stream()
                        .map(value -> maker.total(Kind.REAL, text, scalar.real(value)))
                        .toList();
        boolean pairs = aggregator == Aggregator.VARIANCE || aggregator == Aggregator.DEVIATION;
        return new Block(input.sources(), input.where(), key, values, Optional.of(new Grouping(by, pairs)));
    }

    private Block join(Join join) {
        Block left = of(join.left());
        Block right = of(join.right());
        if (left.grouped() || Repetition.repeated(left, join.right(), join.on(), Side.RIGHT)) {
            left = named(join.left(), left);
        }
        if (right.grouped() || Repetition.repeated(right, join.left(), join.on(), Side.LEFT)) {
            right = named(join.right(), right);
        }
        return joined(join, left, rows.apart(right, left, definitions::source));
    }

    private Block joined(Join join, Block left, Block right) {
        Function<KeyTerm.Reference, Sql> references = reference -> requireNonNull(
                (reference.side() == Side.LEFT ? left : right).key().get(reference.name()));
        List<Sql> where = new ArrayList<>(left.where());
        right.where().stream().filter(each -> !where.contains(each)).forEach(where::add);
        for (KeyMatch.Equality equality : join.on().equalities()) {
            where.add(maker.form(
                    Kind.OTHER,
                    "{0} = {1}",
                    scalar.term(equality.left(), references),
                    scalar.term(equality.right(), references)));
        }
        List<Sql> all =
                join.on().residual().isTrue() ? where : and(where, join.on().residual(), references);
        List<Source> both =
                Stream.concat(left.sources().stream(), right.sources().stream()).toList();
        Block block = new Block(
                both,
                all,
                key(join.project(), references),
                values(join.kernel(), left, right, references),
                Optional.empty());
        return rows.once(block);
    }

    private Block add(Add add) {
        List<Block> parts = new ArrayList<>();
        for (RelExpr input : add.inputs()) {
            parts.add(exact(of(input)));
        }
        Block all = definitions.reading(definitions.define(add, new Body.Union(parts)), add);
        List<Sql> values = all.values().stream()
                .map(value -> maker.total(Kind.REAL, dialect.total(Aggregator.SUM), value))
                .toList();
        return new Block(
                all.sources(),
                List.of(),
                all.key(),
                values,
                Optional.of(new Grouping(List.copyOf(all.key().values()), false)));
    }

    /// The block under a name of its own.
    private Block named(RelExpr expression, Block block) {
        Block named = definitions.reading(definitions.define(expression, new Body.Single(exact(block))), expression);
        blocks.put(expression, named);
        return named;
    }

    /// What a definition holds is read as DOUBLE, so it has to be one where a quotient of integers is an integer.
    private Block exact(Block block) {
        return dialect.dividesIntegers() ? real(block) : block;
    }

    /// The outputs' values as DOUBLE, whatever they were.
    Block real(Block block) {
        return block.with(block.key(), block.values().stream().map(scalar::real).toList());
    }
}
