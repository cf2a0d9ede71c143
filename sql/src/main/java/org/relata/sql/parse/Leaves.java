package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.sql.model.Table;
import org.relata.sql.parse.JoinPlanner.Input;
import org.relata.sql.parse.Source.OfQuery;
import org.relata.sql.parse.Source.OfTable;
import org.relata.sql.parse.Syntax.Call;

/// The relations of the tables in FROM: a scan under the conditions over its values, or what a query computes.
final class Leaves {
    private final Scans scans;
    private final Scope scope;
    private final KeyReader keys;
    private final Map<Integer, Scans.Condition> read = new HashMap<>();

    /// @param conditions over values, by table
    Leaves(Scans scans, Scope scope, KeyReader keys, Map<Integer, List<Syntax>> conditions) {
        this.scans = scans;
        this.scope = scope;
        this.keys = keys;
        conditions.forEach((table, list) -> read.put(table, condition(table, list)));
    }

    /// The table whose values a condition is over, if it is one that may have conditions over values.
    static int tableOf(Scope scope, Syntax condition) {
        Set<Integer> tables = new LinkedHashSet<>();
        collect(scope, condition, condition.place(), tables);
        if (tables.size() != 1) {
            throw condition
                    .place()
                    .error(
                            "sql.refused",
                            tables.isEmpty()
                                    ? "a condition that reads no column"
                                    : "a condition over values of several tables",
                            "which tuples there are must not depend on computed values; weigh them: CASE WHEN … THEN …"
                                    + " ELSE 0 END");
        }
        return tables.iterator().next();
    }

    private static void collect(Scope scope, Syntax syntax, Place place, Set<Integer> tables) {
        switch (syntax) {
            case Syntax.Name name -> {
                switch (scope.resolve(name)) {
                    case Scope.Meaning.Column column -> {
                        tables.add(column.table());
                        refuse(scope, column, name);
                    }
                    case Scope.Meaning.Key _ ->
                        throw name.place()
                                .error(
                                        "sql.refused",
                                        "a condition over keys and values at once",
                                        "separate them by AND, or weigh values: CASE WHEN … THEN … ELSE 0 END");
                }
            }
            case Syntax.Hyper hyper ->
                throw hyper.place().error("sql.refused", "a condition over a hyper-parameter", "write the number");
            case Call call -> {
                if (call.isOne("random", "random_like")) {
                    throw call.place()
                            .error(
                                    "sql.refused",
                                    "a condition over random numbers",
                                    "weigh values: CASE WHEN … THEN …");
                }
                call.arguments().forEach(each -> collect(scope, each, place, tables));
            }
            case Syntax.Number _, Syntax.Text _ -> {}
        }
    }

    private static void refuse(Scope scope, Scope.Meaning.Column column, Syntax.Name name) {
        String remedy = "which tuples there are must not depend on it; weigh values: CASE WHEN … THEN … ELSE 0 END";
        if (!(scope.tables().get(column.table()).source() instanceof OfTable(Table table))) {
            throw name.place().error("sql.refused", "a condition over the computed value " + name.shown(), remedy);
        }
        if (table.values().stream().anyMatch(each -> each.learned().isPresent())) {
            throw name.place()
                    .error(
                            "sql.refused",
                            "a condition over values of " + table.name() + ", which has parameters",
                            remedy);
        }
    }

    private Scans.Condition condition(int index, List<Syntax> parts) {
        OfTable source = (OfTable) scope.tables().get(index).source();
        ValueReader reader = new ValueReader(scope, keys);
        Value all = parts.size() == 1
                ? reader.condition(parts.getFirst())
                : reader.condition(new Call("and", parts, parts.getFirst().place()));
        List<Table.ValueColumn> columns = new ArrayList<>();
        columns(all).forEach(column -> columns.add(source.column(column.name())));
        if (all.shape().rank() != 0) {
            throw parts.getFirst()
                    .place()
                    .error(
                            "sql.shape",
                            "the condition has shape " + all.shape() + " instead of being one truth",
                            "compare numbers: tensor_max(x) > 0");
        }
        Kernel kernel = all.kernel(
                leaf -> {
                    Value.Column column = (Value.Column) leaf;
                    return new Argument(columns.indexOf(source.column(column.name())), column.shape());
                },
                term -> term);
        return new Scans.Condition(kernel, columns);
    }

    /// The columns that an expression reads, aggregates included.
    static Set<Value.Column> columns(Value value) {
        Set<Value.Column> columns = new LinkedHashSet<>();
        collect(value, columns, true);
        return columns;
    }

    /// The columns that an expression reads.
    ///
    /// @param inside whether those in aggregates count
    static void collect(Value value, Set<Value.Column> columns, boolean inside) {
        switch (value) {
            case Value.Column column -> columns.add(column);
            case Value.Apply apply -> apply.inputs().forEach(each -> collect(each, columns, inside));
            case Value.Aggregated aggregated -> {
                if (inside) {
                    collect(aggregated.input(), columns, true);
                }
            }
            case Value.Fixed _, Value.OfKeys _, Value.Held _ -> {}
        }
    }

    /// A table that is read for its keys alone.
    Input presence(int index) {
        RelExpr relation = switch (scope.tables().get(index).source()) {
            case OfTable(Table table) -> {
                Optional<Table.ValueColumn> column = table.values().stream()
                        .filter(each -> each.learned().isEmpty())
                        .findFirst()
                        .or(() -> table.values().stream().findFirst());
                yield scans.scan(table, column, Optional.ofNullable(read.get(index)));
            }
            case OfQuery query -> query.relations().values().iterator().next();
        };
        return new Input(Optional.empty(), relation, scope.variables(index));
    }

    /// A value column.
    Input column(Value.Column column) {
        int index = column.table();
        RelExpr relation = switch (scope.tables().get(index).source()) {
            case OfTable source ->
                scans.scan(
                        source.table(),
                        Optional.of(source.column(column.name())),
                        Optional.ofNullable(read.get(index)));
            case OfQuery query ->
                query.relations().getOrDefault(column.name(), presence(index).relation());
        };
        return new Input(Optional.of(column), relation, scope.variables(index));
    }

    /// Some tables, with the columns that an expression reads.
    List<Input> inputs(Set<Integer> tables, Value expression) {
        Set<Value.Column> columns = columns(expression);
        List<Input> inputs = new ArrayList<>();
        for (int table : tables) {
            int before = inputs.size();
            columns.stream().filter(column -> column.table() == table).forEach(column -> inputs.add(column(column)));
            if (inputs.size() == before) {
                inputs.add(presence(table));
            }
        }
        return inputs;
    }
}
