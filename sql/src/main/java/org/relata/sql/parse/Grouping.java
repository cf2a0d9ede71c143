package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.relata.algebra.Aggregator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.sql.parse.JoinPlanner.Input;
import org.relata.sql.parse.JoinPlanner.Output;
import org.relata.sql.parse.QuerySyntax.Block;
import org.relata.sql.parse.QuerySyntax.Item;
import org.relata.sql.parse.Syntax.Call;

/// What the value expressions of one SELECT are computed over: the joined tables, or groups of them.
///
/// In groups, a table that aggregates do not read, and whose tuple the group's key tells, is joined after aggregating.
final class Grouping {
    private final Scope scope;
    private final KeyReader keys;
    private final List<KeyPredicate> conditions;
    private final Leaves leaves;
    private final List<Output> outputs;
    private final boolean grouped;
    private final boolean loss;
    /// The terms of the group's key, each once, under their names in the result.
    private final List<Output> groups = new ArrayList<>();

    /// Without groups.
    ///
    /// @param loss whether the result must be one number
    Grouping(
            Scope scope,
            KeyReader keys,
            List<KeyPredicate> conditions,
            Leaves leaves,
            List<Output> outputs,
            boolean loss) {
        this.scope = scope;
        this.keys = keys;
        this.conditions = conditions;
        this.leaves = leaves;
        this.outputs = outputs;
        this.grouped = false;
        this.loss = loss;
    }

    /// With groups.
    ///
    /// @param names of all columns of the block
    Grouping(
            Block block,
            List<String> names,
            Scope scope,
            KeyReader keys,
            List<KeyPredicate> conditions,
            Leaves leaves,
            List<Output> outputs) {
        this.scope = scope;
        this.keys = keys;
        this.conditions = conditions;
        this.leaves = leaves;
        this.outputs = outputs;
        this.grouped = true;
        this.loss = false;
        for (Syntax each : block.groupBy()) {
            group(each, block, names);
        }
        Set<String> known = plainVariables();
        List<Item> terms = block.items().stream()
                .filter(item -> keys.isTerm(item.expression()))
                .toList();
        for (int index = 0; index < outputs.size(); index++) {
            KeyTerm term = outputs.get(index).term();
            boolean told = groups.stream().anyMatch(group -> group.term().equals(term))
                    || known.containsAll(Reduction.variables(term));
            if (!told) {
                throw ungrouped(terms.get(index).expression());
            }
        }
    }

    /// The relation of one value expression.
    RelExpr relation(Syntax syntax) {
        Value expression = new ValueReader(scope, keys).read(syntax);
        Set<Integer> all =
                new TreeSet<>(IntStream.range(0, scope.tables().size()).boxed().toList());
        if (!grouped) {
            JoinPlanner planner = new JoinPlanner(leaves.inputs(all, expression), conditions, expression, outputs);
            if (loss && outputs.isEmpty() && !planner.isDetermined()) {
                throw syntax.place()
                        .error(
                                "sql.loss",
                                "the loss is one value for each tuple instead of one number",
                                "aggregate it: SUM(…) or AVG(…)");
            }
            return planner.keyed();
        }
        check(syntax);
        Set<Integer> outer = outer(all, expression);
        Set<Integer> inner = new TreeSet<>(all);
        inner.removeAll(outer);
        List<Input> inputs = new ArrayList<>();
        Map<Value, Value> counts = new HashMap<>();
        for (Value.Aggregated each : aggregates(expression)) {
            Value.Aggregated shared = shared(each, expression);
            counts.put(each, shared);
            inputs.add(aggregated(shared, inner));
        }
        if (inputs.isEmpty()) {
            Value.Aggregated any = new Value.Aggregated(Aggregator.MAXIMUM, Value.number(1));
            Input groupsOnly = aggregated(any, inner);
            inputs.add(new Input(Optional.empty(), groupsOnly.relation(), groupsOnly.variables()));
        }
        Set<Value.Column> columns = new LinkedHashSet<>();
        Leaves.collect(expression, columns, false);
        columns.forEach(column -> inputs.add(leaves.column(column)));
        columns.forEach(column -> outer.remove(column.table()));
        outer.forEach(table -> inputs.add(leaves.presence(table)));
        List<Output> result = outputs.stream()
                .map(output -> new Output(output.name(), regrouped(output.term())))
                .toList();
        return new JoinPlanner(inputs, List.of(), regrouped(expression, counts), result).keyed();
    }

    private void group(Syntax syntax, Block block, List<String> names) {
        Syntax meant = syntax;
        if (syntax instanceof Syntax.Number number && number.isInteger()) {
            int position = number.digits().length() > 6 ? 0 : Integer.parseInt(number.digits());
            if (position < 1 || position > block.items().size()) {
                throw syntax.place().error("sql.keys", "there is no column " + number.digits() + " to group by", "");
            }
            meant = block.items().get(position - 1).expression();
        } else if (syntax instanceof Syntax.Name name
                && name.parts().size() == 1
                && scope.find(name).isEmpty()) {
            Optional<String> found = name.parts().getFirst().find(names);
            if (found.isPresent()) {
                meant = block.items().get(names.indexOf(found.get())).expression();
            }
        }
        if (!keys.isTerm(meant)) {
            throw syntax.place()
                    .error(
                            "sql.keys",
                            "groups are of keys, and this is a value",
                            "declare it an integer or text column");
        }
        KeyTerm term = keys.term(meant);
        if (groups.stream().anyMatch(group -> group.term().equals(term))) {
            return;
        }
        Output selected = outputs.stream()
                .filter(output -> output.term().equals(term))
                .findFirst()
                .orElseThrow(() -> syntax.place()
                        .error("sql.keys", "a key of the groups is not selected", "add it to the SELECT list"));
        groups.add(selected);
        // In the order of the select list.
        groups.sort((one, other) -> Integer.compare(outputs.indexOf(one), outputs.indexOf(other)));
    }

    /// One aggregate over the inner tables, as an input of what follows.
    private Input aggregated(Value.Aggregated value, Set<Integer> inner) {
        JoinPlanner planner = new JoinPlanner(leaves.inputs(inner, value.input()), conditions, value.input(), groups);
        List<String> variables =
                IntStream.range(0, groups.size()).mapToObj(this::groupVariable).toList();
        return new Input(Optional.of(value), planner.grouped(value.aggregator()), variables);
    }

    /// Counting needs no value: it counts what another aggregate sums.
    private static Value.Aggregated shared(Value.Aggregated value, Value expression) {
        return value.aggregator() != Aggregator.COUNT
                ? value
                : aggregates(expression).stream()
                        .filter(each -> each.aggregator() != Aggregator.COUNT)
                        .findFirst()
                        .map(other -> new Value.Aggregated(Aggregator.COUNT, other.input()))
                        .orElse(value);
    }

    private static Set<Value.Aggregated> aggregates(Value expression) {
        Set<Value.Aggregated> aggregates = new LinkedHashSet<>();
        switch (expression) {
            case Value.Aggregated aggregated -> aggregates.add(aggregated);
            case Value.Apply apply -> apply.inputs().forEach(each -> aggregates.addAll(aggregates(each)));
            case Value.Fixed _, Value.OfKeys _, Value.Column _, Value.Held _ -> {}
        }
        return aggregates;
    }

    /// Tables that can be joined after aggregating.
    private Set<Integer> outer(Set<Integer> all, Value expression) {
        Set<Integer> inner = new TreeSet<>(all);
        Set<Integer> read = new HashSet<>();
        Set<String> used = new HashSet<>();
        for (Value.Aggregated each : aggregates(expression)) {
            Leaves.columns(each).forEach(column -> read.add(column.table()));
            used.addAll(Reduction.variables(each));
        }
        conditions.forEach(condition -> used.addAll(Reduction.variables(condition)));
        Set<String> grouping = new HashSet<>();
        groups.forEach(group -> grouping.addAll(Reduction.variables(group.term())));
        for (int table : all) {
            Set<Integer> others = new TreeSet<>(inner);
            others.remove(table);
            Set<String> elsewhere = new HashSet<>();
            others.forEach(other -> elsewhere.addAll(scope.variables(other)));
            Set<String> own = new HashSet<>(scope.variables(table));
            own.removeAll(plainVariables());
            boolean free = own.stream().noneMatch(each -> elsewhere.contains(each) || used.contains(each))
                    && elsewhere.containsAll(grouping)
                    && elsewhere.containsAll(conditionVariables());
            if (!read.contains(table) && !others.isEmpty() && free && isTold(table)) {
                inner.remove(table);
            }
        }
        Set<Integer> outer = new TreeSet<>(all);
        outer.removeAll(inner);
        return outer;
    }

    private Set<String> conditionVariables() {
        Set<String> variables = new HashSet<>();
        conditions.forEach(condition -> variables.addAll(Reduction.variables(condition)));
        return variables;
    }

    /// Whether the group's key determines the tuple of a table.
    private boolean isTold(int table) {
        Input input = leaves.presence(table);
        return Unit.of(input.relation(), input.variables(), List.of(), 0).determinedBy(plainVariables());
    }

    /// Outside of aggregates there may be only what the group's key tells.
    private void check(Syntax syntax) {
        switch (syntax) {
            case Syntax.Name name -> {
                switch (scope.resolve(name)) {
                    case Scope.Meaning.Key _ -> {
                        if (!plainVariables().containsAll(Reduction.variables(keys.term(name)))) {
                            throw ungrouped(name);
                        }
                    }
                    case Scope.Meaning.Column column -> {
                        if (!isTold(column.table())) {
                            throw ungrouped(name);
                        }
                    }
                }
            }
            case Call call -> {
                boolean told = keys.isTerm(call)
                        && groups.stream().anyMatch(group -> group.term().equals(keys.term(call)));
                if (!told && !Functions.AGGREGATES.containsKey(call.function())) {
                    call.arguments().forEach(this::check);
                }
            }
            case Syntax.Number _, Syntax.Text _, Syntax.Hyper _ -> {}
        }
    }

    private static RuntimeException ungrouped(Syntax syntax) {
        String shown = syntax instanceof Syntax.Name name ? name.shown() : "this key";
        return syntax.place()
                .error(
                        "sql.keys",
                        shown + " differs within a group",
                        "add it to GROUP BY, or aggregate it: SUM, AVG, MIN, MAX, …");
    }

    /// The variables that are terms of the group's key.
    private Set<String> plainVariables() {
        Set<String> variables = new HashSet<>();
        for (Output group : groups) {
            if (group.term() instanceof Reference reference) {
                variables.add(reference.name());
            }
        }
        return variables;
    }

    private String groupVariable(int index) {
        return groups.get(index).term() instanceof Reference reference ? reference.name() : "group." + index;
    }

    /// A term over the group's key.
    private KeyTerm regrouped(KeyTerm term) {
        for (int index = 0; index < groups.size(); index++) {
            if (groups.get(index).term().equals(term)) {
                return KeyTerm.left(groupVariable(index));
            }
        }
        return term instanceof KeyTerm.Arithmetic(KeyTerm.Operation operation, KeyTerm left, KeyTerm right)
                ? new KeyTerm.Arithmetic(operation, regrouped(left), regrouped(right))
                : term;
    }

    /// An expression over the group's key, and over aggregates in the form in which they are computed.
    private Value regrouped(Value value, Map<Value, Value> computed) {
        return switch (value) {
            case Value.Aggregated _ -> computed.getOrDefault(value, value);
            case Value.Apply apply ->
                apply.with(apply.inputs().stream()
                        .map(each -> regrouped(each, computed))
                        .toList());
            case Value.OfKeys ofKeys -> new Value.OfKeys(Value.rekeyTerms(ofKeys.leaf(), this::regrouped));
            case Value.Fixed _, Value.Column _, Value.Held _ -> value;
        };
    }
}
