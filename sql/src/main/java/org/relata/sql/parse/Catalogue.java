package org.relata.sql.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.RelExpr;
import org.relata.algebra.value.Attribute;
import org.relata.sql.model.Table;
import org.relata.sql.parse.QuerySyntax.Named;
import org.relata.sql.parse.Source.OfQuery;

/// What names of tables, views and named queries stand for, and the meaning of queries.
final class Catalogue {
    /// How many operators may be on top of each other in a whole program.
    private static final int HEIGHT = 1000;

    /// What can be named in FROM; what is inside hides what is outside.
    record Names(Map<String, Source> sources, Optional<Names> outer) {
        Optional<Source> find(Identifier name) {
            Optional<Source> found = name.find(sources.keySet()).map(sources::get);
            return found.isPresent() ? found : outer.flatMap(names -> names.find(name));
        }

        Set<String> all() {
            Set<String> all = new HashSet<>(sources.keySet());
            outer.ifPresent(names -> all.addAll(names.all()));
            return all;
        }
    }

    private final Names names = new Names(new LinkedHashMap<>(), Optional.empty());
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, TableReader.Declared> relations = new LinkedHashMap<>();
    private final Map<String, RelExpr> named = new LinkedHashMap<>();
    private final IdentityHashMap<RelExpr, Integer> heights = new IdentityHashMap<>();
    private final Scans scans = new Scans();

    List<Table> tables() {
        return tables;
    }

    Scans scans() {
        return scans;
    }

    Map<String, RelExpr> named() {
        return named;
    }

    boolean hasView(String name) {
        return names.sources.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /// One more table.
    void declare(TableReader.Declared declared) {
        Table table = declared.table();
        List<Optional<Table.ValueColumn>> columns = new ArrayList<>();
        table.values().forEach(column -> columns.add(Optional.of(column)));
        if (columns.isEmpty()) {
            columns.add(Optional.empty());
        }
        for (Optional<Table.ValueColumn> column : columns) {
            String relation = Scans.relation(table, column);
            TableReader.Declared other = relations.putIfAbsent(relation, declared);
            if (other != null) {
                throw declared.place()
                        .error(
                                "sql.duplicate",
                                "its relation " + relation + " has the name of one of table "
                                        + other.table().name(),
                                "rename one");
            }
        }
        tables.add(table);
        scans.declare(declared);
        names.sources.put(table.name(), new Source.OfTable(table));
    }

    /// One more view.
    void view(Identifier view, List<Identifier> columns, QuerySyntax query) {
        OfQuery source = read(query, names, columns, Set.of(), false);
        names.sources.put(view.text(), source);
        name(view.text(), source, view.place());
    }

    /// The meaning of the last query.
    RelExpr loss(QuerySyntax query) {
        OfQuery source = read(query, names, List.of(), Set.of(), true);
        Place place = query.place();
        if (!source.key().isEmpty()) {
            throw place.error(
                    "sql.loss",
                    "the loss has the keys " + source.key() + " instead of being one number",
                    "aggregate over all of them, and select no key");
        }
        if (source.relations().size() != 1 || source.relations().containsKey(OfQuery.KEYS_ONLY)) {
            throw place.error(
                    "sql.loss",
                    "the loss is " + source.values().size() + " values instead of one number",
                    "select one, the sum of all that matters");
        }
        RelExpr loss = source.relations().values().iterator().next();
        if (loss.type().shape().rank() != 0) {
            throw place.error(
                    "sql.loss",
                    "the loss has shape " + loss.type().shape() + " instead of being one number",
                    "take tensor_sum, tensor_mean or norm of it");
        }
        check(loss, place);
        return loss;
    }

    /// The meaning of a query.
    ///
    /// @param columns names for its columns; empty to take its own
    /// @param outside tables around it, which it cannot see
    /// @param loss whether it must be one number
    OfQuery read(QuerySyntax query, Names known, List<Identifier> columns, Collection<String> outside, boolean loss) {
        return switch (query) {
            case QuerySyntax.Block block -> new BlockReader(this, known, outside).read(block, columns, loss);
            case QuerySyntax.Union union -> union(union, known, columns, outside, loss);
            case QuerySyntax.With with -> {
                Names inner = new Names(new LinkedHashMap<>(), Optional.of(known));
                for (Named each : with.named()) {
                    if (inner.sources.keySet().stream().anyMatch(each.name().text()::equalsIgnoreCase)) {
                        throw each.name()
                                .place()
                                .error("sql.duplicate", "WITH names " + each.name() + " twice", "rename one");
                    }
                    OfQuery source = read(each.query(), inner, each.columns(), outside, false);
                    inner.sources.put(each.name().text(), source);
                    name(each.name().text(), source, each.name().place());
                }
                yield read(with.body(), inner, columns, outside, loss);
            }
        };
    }

    /// Remembers what a name stands for.
    void name(String name, OfQuery source, Place place) {
        source.relations().forEach((value, relation) -> {
            check(relation, place);
            String full = source.relations().size() == 1 ? name : name + "." + value;
            String free = full;
            for (int number = 2; isTaken(free, relation); number++) {
                free = full + "_" + number;
            }
            named.put(free, relation);
        });
    }

    /// Whether a name, in any case, stands for something else: also for a table, which a query may hide.
    private boolean isTaken(String wanted, RelExpr relation) {
        return relations.keySet().stream().anyMatch(wanted::equalsIgnoreCase)
                || tables.stream().map(Table::name).anyMatch(wanted::equalsIgnoreCase)
                || named.entrySet().stream()
                        .anyMatch(each -> wanted.equalsIgnoreCase(each.getKey()) && each.getValue() != relation);
    }

    private OfQuery union(
            QuerySyntax.Union union, Names known, List<Identifier> columns, Collection<String> outside, boolean loss) {
        OfQuery first = read(union.parts().getFirst(), known, columns, outside, loss);
        List<OfQuery> parts = new ArrayList<>(List.of(first));
        for (QuerySyntax syntax : union.parts().subList(1, union.parts().size())) {
            List<Identifier> names = first.columns().stream()
                    .map(name -> new Identifier(name, true, syntax.place()))
                    .toList();
            OfQuery part = read(syntax, known, names, outside, loss);
            if (!part.key().equals(first.key()) || !part.values().equals(first.values())) {
                throw syntax.place()
                        .error(
                                "sql.union",
                                "it has " + described(part) + ", the query before UNION ALL " + described(first),
                                "select keys and values of the same types in the same order");
            }
            parts.add(part);
        }
        if (first.values().isEmpty()) {
            throw union.place()
                    .error("sql.union", "UNION ALL adds values up, and these queries select none", "select 1 AS n too");
        }
        Map<String, RelExpr> sums = new LinkedHashMap<>();
        for (String value : first.values().keySet()) {
            List<RelExpr> terms = new ArrayList<>();
            parts.forEach(
                    part -> Optional.ofNullable(part.relations().get(value)).ifPresent(terms::add));
            sums.put(value, new Add(terms));
        }
        return new OfQuery(first.key(), first.columns(), sums);
    }

    private static String described(OfQuery query) {
        List<String> values = new ArrayList<>();
        query.values().forEach((name, shape) -> values.add(name + (shape.rank() == 0 ? "" : " " + shape)));
        return "the keys " + query.key().stream().map(Attribute::toString).toList() + " and the values " + values;
    }

    /// Refuses a program that is too high: whoever walks it does so by recursion. This one uses a stack of its own.
    private void check(RelExpr program, Place place) {
        Deque<RelExpr> open = new ArrayDeque<>(List.of(program));
        while (!open.isEmpty()) {
            RelExpr each = open.element();
            List<RelExpr> missing = each.inputs().stream()
                    .filter(input -> !heights.containsKey(input))
                    .toList();
            missing.forEach(open::push);
            if (missing.isEmpty()) {
                open.pop();
                int below = each.inputs().stream()
                        .mapToInt(input -> heights.getOrDefault(input, 0))
                        .max()
                        .orElse(0);
                heights.put(each, below + 1);
                if (below >= HEIGHT) {
                    throw place.error(
                            "sql.deep",
                            "more than " + HEIGHT + " operators are on top of each other",
                            "train in parts");
                }
            }
        }
    }
}
