package org.relata.sql.parse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyPredicate.Compare;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.sql.parse.Value.Held;

/// Joins relations two by two and computes one expression over them on the way.
///
/// Which two come next: those that equal keys connect rather than not, those of which one has at most one partner
/// rather
/// than more, those whose join computes a part of the expression rather than none; then the order of FROM. A join hands
/// on
/// only the parts of the expression that are still needed, and of the keys those that are still needed or make them
/// unique.
final class JoinPlanner {
    /// A relation to join.
    ///
    /// @param value what its value is in the expression, if that is read
    /// @param variables of its key, in order
    record Input(Optional<Value> value, RelExpr relation, List<String> variables) {}

    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<Output> outputs;
    private final List<Unit> units = new ArrayList<>();
    private final List<KeyPredicate> conditions = new ArrayList<>();
    private final Set<String> constant = new HashSet<>();
    private Value expression;
    private int ids;

    /// An attribute of the result.
    ///
    /// @param term over variables
    record Output(String name, KeyTerm term) {}

    /// @param inputs at least one
    /// @param conditions over variables
    /// @param outputs the key of the result
    JoinPlanner(List<Input> inputs, List<KeyPredicate> conditions, Value expression, List<Output> outputs) {
        this.outputs = outputs;
        Map<Value, Value> leaves = new HashMap<>();
        for (Input input : inputs) {
            List<Held> held = input.value()
                    .map(value -> List.of(new Held(ids++, value.shape())))
                    .orElse(List.of());
            input.value().ifPresent(value -> leaves.put(value, held.getFirst()));
            units.add(Unit.of(input.relation(), input.variables(), held, units.size()));
        }
        this.expression = replaced(expression, leaves);
        for (Output output : outputs) {
            if (output.term() instanceof Reference(Side _, String variable)) {
                names.putIfAbsent(variable, output.name());
            }
        }
        conditions.forEach(this::place);
    }

    /// The join under the key of the outputs.
    RelExpr keyed() {
        while (units.size() > 2) {
            join(best(), false);
        }
        if (units.size() == 2) {
            Unit left = prepared(units.get(0), units.get(1));
            Unit right = prepared(units.get(1), units.get(0));
            Kernel kernel = kernel(expression, left, right);
            KeyProjection projection = projection(JoinKeys.terms(left, right));
            return new Join(match(left, right), projection, kernel, left.relation(), right.relation());
        }
        Unit unit = units.getFirst();
        KeyProjection projection = projection(unit.terms(Side.LEFT));
        Kernel kernel = kernel(expression, unit);
        boolean same = unit.where().isTrue()
                && kernel instanceof Argument
                && projection.equals(KeyProjection.all(unit.relation().type().key()));
        return same ? unit.relation() : new Select(unit.where(), projection, kernel, unit.relation());
    }

    /// The aggregate of the join by the outputs.
    RelExpr grouped(Aggregator aggregator) {
        if (units.size() == 1) {
            Unit unit = units.getFirst();
            Kernel kernel = kernel(expression, unit);
            boolean counts = aggregator == Aggregator.COUNT;
            if (!unit.where().isTrue() || !(counts || kernel instanceof Argument)) {
                units.set(0, unit.mapped(List.of(new Held(ids++, kernel.shape())), kernel));
            }
        }
        while (units.size() > 1) {
            join(best(), units.size() == 2);
        }
        Unit joined = units.getFirst();
        return new Aggregate(projection(joined.terms(Side.LEFT)), aggregator, joined.relation());
    }

    /// Whether the key of the outputs determines what is joined, as far as that can be told beforehand.
    boolean isDetermined() {
        Set<String> known = new HashSet<>(constant);
        outputs.forEach(output -> {
            if (output.term() instanceof Reference(Side _, String variable)) {
                known.add(variable);
            }
        });
        return JoinKeys.determines(known, constant, units);
    }

    /// A condition goes to the first relation that has its keys, or waits for a join that has.
    private void place(KeyPredicate condition) {
        if (condition instanceof Compare(Comparison comparison, KeyTerm left, KeyTerm right)
                && comparison == Comparison.EQUAL) {
            if (left instanceof Reference(Side _, String variable) && right instanceof KeyTerm.Literal) {
                constant.add(variable);
            } else if (right instanceof Reference(Side _, String variable) && left instanceof KeyTerm.Literal) {
                constant.add(variable);
            }
        }
        Set<String> variables = Reduction.variables(condition);
        for (int index = 0; index < units.size(); index++) {
            if (units.get(index).knows(variables)) {
                units.set(index, units.get(index).and(condition));
                return;
            }
        }
        conditions.add(condition);
    }

    private int[] best() {
        int[] best = {0, 1};
        int least = Integer.MAX_VALUE;
        for (int left = 0; left < units.size(); left++) {
            for (int right = left + 1; right < units.size(); right++) {
                int cost = cost(units.get(left), units.get(right));
                if (cost < least) {
                    least = cost;
                    best = new int[] {left, right};
                }
            }
        }
        return best;
    }

    private int cost(Unit left, Unit right) {
        Set<String> shared = JoinKeys.shared(left, right);
        boolean combines = reduction(left, right).combines(expression, ids(left), ids(right));
        boolean connected = !shared.isEmpty()
                || conditions.stream()
                        .anyMatch(condition ->
                                JoinKeys.equality(condition, left, right).isPresent());
        boolean broadcast = left.keys().isEmpty() || right.keys().isEmpty();
        if (!connected && !broadcast) {
            return combines ? 16 : 18;
        }
        if (!connected) {
            return combines ? 0 : 5;
        }
        boolean grows = !left.determinedBy(shared) && !right.determinedBy(shared);
        return (grows ? 8 : 0) + (combines ? 0 : 2);
    }

    /// Joins two units into one.
    ///
    /// @param all whether the whole expression is to be computed
    private void join(int[] pair, boolean all) {
        Unit first = prepared(units.get(pair[0]), units.get(pair[1]));
        Unit second = prepared(units.get(pair[1]), units.get(pair[0]));
        KeyMatch match = match(first, second);
        Reduction reduction = reduction(first, second);
        Value reduced = reduction.reduce(expression);
        List<Value> parts = List.copyOf(reduction.parts().keySet());
        List<Held> held = List.copyOf(reduction.parts().values());
        List<Held> raw = new ArrayList<>(first.held());
        raw.addAll(second.held());
        raw.removeIf(each -> !Reduction.reads(expression, Set.of(each.id())));
        if (all) {
            parts = List.of(expression);
            held = List.of(new Held(ids++, expression.shape()));
            reduced = held.getFirst();
        } else if (size(raw) < size(held)) {
            parts = List.copyOf(raw);
            held = raw;
            reduced = expression;
        }
        expression = reduced;
        List<Kernel> kernels =
                parts.stream().map(part -> kernel(part, first, second)).toList();
        units.remove(pair[1]);
        units.remove(pair[0]);
        Map<String, String> keys = new LinkedHashMap<>();
        KeyProjection projection = kept(first, second, keys);
        RelExpr joined = new Join(match, projection, Unit.packed(kernels), first.relation(), second.relation());
        units.add(pair[0], new Unit(joined, keys, held, KeyPredicate.always(), first.order()));
    }

    /// A unit about to be joined. What the expression uses it for is computed beforehand, if that is one function of it
    /// and
    /// its tensors would otherwise be computed with once for each partner, or if its condition needs an operator
    /// anyway.
    private Unit prepared(Unit unit, Unit other) {
        Set<String> shared = JoinKeys.shared(unit, other);
        boolean often = unit.size() > 1 && !other.determinedBy(shared);
        if (often || !unit.where().isTrue()) {
            Reduction reduction = new Reduction(ids(unit), unit.keys().keySet(), () -> ids++);
            Value reduced = reduction.reduce(expression);
            Map<Value, Held> parts = reduction.parts();
            if (parts.size() == 1) {
                Value part = parts.keySet().iterator().next();
                List<Held> held = List.copyOf(parts.values());
                boolean worth = part instanceof Value.Apply apply && apply.operation() != Functions.NEGATE;
                if (worth && size(held) <= unit.size()) {
                    expression = reduced;
                    return unit.mapped(held, kernel(part, unit));
                }
            }
        }
        return unit.settled();
    }

    /// Equal keys, and conditions that can be told only now.
    private KeyMatch match(Unit left, Unit right) {
        KeyMatch match = KeyMatch.everything();
        for (String variable : JoinKeys.shared(left, right)) {
            KeyTerm reference = KeyTerm.left(variable);
            match = match.and(reference.replace(left.terms(Side.LEFT)), reference.replace(right.terms(Side.RIGHT)));
        }
        List<KeyPredicate> now = new ArrayList<>();
        for (KeyPredicate condition : conditions) {
            Set<String> variables = new HashSet<>(Reduction.variables(condition));
            variables.removeAll(left.keys().keySet());
            if (right.knows(variables)) {
                now.add(condition);
            }
        }
        conditions.removeAll(now);
        for (KeyPredicate condition : now) {
            Optional<KeyMatch.Equality> equality = JoinKeys.equality(condition, left, right);
            match = equality.isPresent()
                    ? match.and(equality.get().left(), equality.get().right())
                    : match.and(condition.replace(JoinKeys.terms(left, right)));
        }
        return match;
    }

    /// The key of a join that is not the last: what is still needed of both keys, and what makes it unique.
    ///
    /// @param keys learns the new attributes
    private KeyProjection kept(Unit left, Unit right, Map<String, String> keys) {
        Set<String> needed = Reduction.variables(expression);
        outputs.forEach(output -> needed.addAll(Reduction.variables(output.term())));
        conditions.forEach(condition -> needed.addAll(Reduction.variables(condition)));
        units.forEach(unit -> needed.addAll(unit.keys().keySet()));
        Set<String> kept = new LinkedHashSet<>(left.keys().keySet());
        kept.addAll(right.keys().keySet());
        for (String variable : List.copyOf(kept).reversed()) {
            kept.remove(variable);
            if (needed.contains(variable) || !JoinKeys.determines(kept, constant, List.of(left, right))) {
                kept.add(variable);
            }
        }
        Set<String> taken = new HashSet<>(names.values());
        KeyProjection projection = KeyProjection.nothing();
        UnaryOperator<KeyTerm> terms = JoinKeys.terms(left, right);
        Set<String> all = new LinkedHashSet<>(left.keys().keySet());
        all.addAll(right.keys().keySet());
        for (String variable : all) {
            if (kept.contains(variable)) {
                Reference from = (Reference) terms.apply(KeyTerm.left(variable));
                String preferred = names.get(variable);
                String name = preferred == null ? JoinKeys.fresh(from.name(), taken) : preferred;
                keys.put(variable, name);
                projection = projection.and(name, from);
            }
        }
        return projection;
    }

    private KeyProjection projection(UnaryOperator<KeyTerm> terms) {
        return new KeyProjection(outputs.stream()
                .map(output ->
                        new KeyProjection.Column(output.name(), output.term().replace(terms)))
                .toList());
    }

    private static Kernel kernel(Value value, Unit unit) {
        Map<Integer, Kernel> held = unit.unpacked(0);
        return value.kernel(leaf -> held(held, leaf), unit.terms(Side.LEFT));
    }

    private static Kernel kernel(Value value, Unit left, Unit right) {
        Map<Integer, Kernel> held = left.unpacked(0);
        held.putAll(right.unpacked(1));
        return value.kernel(leaf -> held(held, leaf), JoinKeys.terms(left, right));
    }

    private static Kernel held(Map<Integer, Kernel> held, Value leaf) {
        return requireNonNull(held.get(((Held) leaf).id()));
    }

    private Reduction reduction(Unit left, Unit right) {
        Set<Integer> holds = ids(left);
        holds.addAll(ids(right));
        Set<String> variables = new HashSet<>(left.keys().keySet());
        variables.addAll(right.keys().keySet());
        return new Reduction(holds, variables, () -> ids++);
    }

    private static Set<Integer> ids(Unit unit) {
        return unit.held().stream().map(Held::id).collect(Collectors.toCollection(HashSet::new));
    }

    private static int size(List<Held> held) {
        return held.stream().mapToInt(each -> each.shape().size()).sum();
    }

    /// An expression over what relations hold, in place of their columns.
    private static Value replaced(Value value, Map<Value, Value> leaves) {
        return switch (value) {
            case Value.Apply apply ->
                apply.with(apply.inputs().stream()
                        .map(input -> replaced(input, leaves))
                        .toList());
            case Value.Column _, Value.Aggregated _ -> leaves.getOrDefault(value, value);
            case Value.Fixed _, Value.OfKeys _, Held _ -> value;
        };
    }
}
