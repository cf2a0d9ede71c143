package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyPredicate.Compare;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Attribute;
import org.relata.sql.parse.JoinPlanner.Output;
import org.relata.sql.parse.QuerySyntax.Block;
import org.relata.sql.parse.QuerySyntax.From;
import org.relata.sql.parse.QuerySyntax.Item;
import org.relata.sql.parse.QuerySyntax.Origin;
import org.relata.sql.parse.Source.OfQuery;
import org.relata.sql.parse.Syntax.Call;

/// The meaning of one SELECT.
final class BlockReader {
    private final Catalogue catalogue;
    private final Catalogue.Names known;
    private final Collection<String> outside;
    private final Scope scope;
    private final KeyReader keys;
    private final List<KeyPredicate> conditions = new ArrayList<>();

    BlockReader(Catalogue catalogue, Catalogue.Names known, Collection<String> outside) {
        this.catalogue = catalogue;
        this.known = known;
        this.outside = outside;
        this.scope = new Scope(outside);
        this.keys = new KeyReader(scope);
    }

    OfQuery read(Block block, List<Identifier> columns, boolean loss) {
        block.from().forEach(this::from);
        Map<Integer, List<Syntax>> valueConditions = new HashMap<>();
        for (Syntax condition : block.conditions()) {
            for (Syntax part : parts(condition)) {
                condition(part, valueConditions);
            }
        }
        conditions.replaceAll(condition -> condition.replace(scope.current()));
        Leaves leaves = new Leaves(catalogue.scans(), scope, keys, valueConditions);
        List<String> names = names(block, columns);
        boolean grouped = !block.groupBy().isEmpty()
                || block.items().stream().anyMatch(item -> ValueReader.hasAggregate(item.expression()));
        List<Output> outputs = new ArrayList<>();
        List<Item> values = new ArrayList<>();
        List<String> valueNames = new ArrayList<>();
        for (int index = 0; index < block.items().size(); index++) {
            Item item = block.items().get(index);
            if (keys.isTerm(item.expression())) {
                outputs.add(new Output(names.get(index), keys.term(item.expression())));
            } else {
                values.add(item);
                valueNames.add(names.get(index));
            }
        }
        List<Attribute> key = outputs.stream()
                .map(output -> new Attribute(output.name(), keys.domain(output.term())))
                .toList();
        Grouping grouping = grouped
                ? new Grouping(block, names, scope, keys, conditions, leaves, outputs)
                : new Grouping(scope, keys, conditions, leaves, outputs, loss);
        Map<String, RelExpr> relations = new LinkedHashMap<>();
        if (values.isEmpty()) {
            Syntax one = new Syntax.Number("1", block.place());
            relations.put(OfQuery.KEYS_ONLY, block.place().locate(() -> grouping.relation(one)));
        }
        for (int index = 0; index < values.size(); index++) {
            Syntax expression = values.get(index).expression();
            relations.put(valueNames.get(index), expression.place().locate(() -> grouping.relation(expression)));
        }
        return new OfQuery(key, names, relations);
    }

    private void from(From from) {
        Source source = switch (from.origin()) {
            case Origin.Relation(Identifier name) -> {
                if (!from.columns().isEmpty()) {
                    throw from.place()
                            .error(
                                    "sql.refused",
                                    "columns of a named relation are not renamed here",
                                    "rename them by AS " + "in a sub-query");
                }
                yield known.find(name)
                        .orElseThrow(() ->
                                name.place().error("sql.unknown", "there is no table " + name, name.hint(known.all())));
            }
            case Origin.Query(QuerySyntax query) -> {
                Set<String> around = new HashSet<>(outside);
                scope.tables().forEach(table -> around.add(table.alias()));
                OfQuery read = catalogue.read(query, known, from.columns(), around, false);
                catalogue.name(from.alias().text(), read, from.alias().place());
                yield read;
            }
        };
        scope.add(from.alias(), source, from.alias().place());
        scope.using(from.using());
    }

    /// The parts of a condition that all must hold.
    private static List<Syntax> parts(Syntax condition) {
        return condition instanceof Call call && call.isOne("and")
                ? call.arguments().stream()
                        .flatMap(part -> parts(part).stream())
                        .toList()
                : List.of(condition);
    }

    /// Keys that are equal become one; other conditions over keys are kept; those over values go to their table.
    private void condition(Syntax condition, Map<Integer, List<Syntax>> valueConditions) {
        if (ValueReader.hasAggregate(condition)) {
            throw condition
                    .place()
                    .error(
                            "sql.refused",
                            "an aggregate in a condition",
                            "weigh values with CASE WHEN in the outer query");
        }
        if (!keys.isKeysOnly(condition)) {
            valueConditions
                    .computeIfAbsent(Leaves.tableOf(scope, condition), table -> new ArrayList<>())
                    .add(condition);
            return;
        }
        KeyPredicate predicate = keys.predicate(condition);
        if (predicate instanceof Compare(Comparison comparison, KeyTerm left, KeyTerm right)
                && comparison == Comparison.EQUAL
                && left instanceof Reference(Side _, String one)
                && right instanceof Reference(Side _, String other)) {
            scope.equate(one, other);
        } else if (!predicate.isTrue()) {
            conditions.add(predicate);
        }
    }

    private List<String> names(Block block, List<Identifier> columns) {
        List<Item> items = block.items();
        if (!columns.isEmpty() && columns.size() != items.size()) {
            throw block.place()
                    .error(
                            "sql.names",
                            "it selects " + items.size() + " columns, and " + columns.size() + " are named",
                            "name as many");
        }
        List<String> names = new ArrayList<>();
        for (int index = 0; index < items.size(); index++) {
            Item item = items.get(index);
            Optional<Identifier> given = columns.isEmpty() ? item.name() : Optional.of(columns.get(index));
            String name = given.map(Identifier::text).orElseGet(() -> ownName(item.expression()));
            if (names.stream().anyMatch(name::equalsIgnoreCase)) {
                throw item.expression()
                        .place()
                        .error("sql.duplicate", "two columns are called " + name, "give one another name: AS name");
            }
            names.add(name);
        }
        return names;
    }

    /// The name of a column that has no AS: as it is declared, or that of its function.
    private String ownName(Syntax expression) {
        if (expression instanceof Syntax.Name name) {
            return switch (scope.resolve(name)) {
                case Scope.Meaning.Key key -> key.name();
                case Scope.Meaning.Column column -> column.name();
            };
        }
        if (keys.isTerm(expression)) {
            throw expression.place().error("sql.names", "a computed key has no name", "give it one: … AS name");
        }
        boolean function = expression instanceof Call call
                && (Functions.BY_NAME.containsKey(call.function())
                        || Functions.AGGREGATES.containsKey(call.function()));
        return function ? ((Call) expression).function() : "value";
    }
}
