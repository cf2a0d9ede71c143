package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;

/// The expression of a plan. A condition or number is applied by the first set that has its variables.
final class Assembly {
    /// A joined set.
    ///
    /// @param names the attribute of each variable
    /// @param carries whether its value is a factor; if not, only its keys count
    private record Unit(RelExpr relation, Map<String, String> names, boolean carries) {}

    private final Plan plan;
    private final List<Kernel> numbers;
    private final List<KeyPredicate> conditions;

    private Assembly(Plan plan) {
        this.plan = plan;
        this.conditions = new ArrayList<>(plan.sum().conditions());
        this.numbers = new ArrayList<>(plan.product().numbers());
    }

    static RelExpr of(Plan plan) {
        return new Assembly(plan).joined(plan.all()).relation;
    }

    private Unit unit(int set) {
        return Integer.bitCount(set) == 1 ? single(set) : joined(set);
    }

    private Unit single(int set) {
        SumProduct.Factor factor = plan.sum().factors().get(Integer.numberOfTrailingZeros(set));
        RelExpr relation = factor.relation();
        Map<String, String> names = new LinkedHashMap<>();
        KeyPredicate where = KeyPredicate.always();
        for (int index = 0; index < factor.variables().size(); index++) {
            String name = relation.type().names().get(index);
            String first = names.putIfAbsent(factor.variables().get(index), name);
            if (first != null) {
                where = where.and(KeyPredicate.equal(KeyTerm.left(first), KeyTerm.left(name)));
            }
        }
        UnaryOperator<KeyTerm> terms = each -> KeyTerm.left(
                requireNonNull(names.get(((Reference) each).name())));
        for (KeyPredicate condition : conditions(names.keySet())) {
            where = where.and(condition.replace(terms));
        }
        int index = Integer.numberOfTrailingZeros(set);
        Argument value = new Argument(0, relation.type().shape());
        List<Kernel> factors = new ArrayList<>();
        for (Kernel number : numbers(set, names.keySet())) {
            factors.add(KernelGraph.place(number, terms, Map.of(index, value)));
        }
        plan.part(set).ifPresent(part -> factors.add(KernelGraph.place(part, terms, Map.of(index, value))));
        boolean carries = !factors.isEmpty();
        Kernel kernel = carries ? multiplied(factors) : value;
        if (!where.isTrue() || !Keys.passes(kernel)) {
            relation = new Select(where, KeyProjection.all(relation.type().key()), kernel, relation);
        }
        Unit unit = new Unit(relation, names, carries);
        return plan.sums(set) ? summed(unit, plan.kept(set)) : unit;
    }

    private Unit joined(int set) {
        int leftSet = plan.way(set).left();
        int rightSet = set & ~leftSet;
        Unit left = unit(leftSet);
        Unit right = unit(rightSet);
        Map<String, KeyTerm> variables = new LinkedHashMap<>();
        left.names.forEach((variable, name) -> variables.put(variable, KeyTerm.left(name)));
        KeyMatch match = KeyMatch.everything();
        for (Map.Entry<String, String> each : right.names.entrySet()) {
            KeyTerm term = KeyTerm.right(each.getValue());
            KeyTerm other = variables.putIfAbsent(each.getKey(), term);
            match = other == null ? match : match.and(other, term);
        }
        UnaryOperator<KeyTerm> terms = each -> requireNonNull(variables.get(((Reference) each).name()));
        for (KeyPredicate condition : conditions(variables.keySet())) {
            match = match.and(condition.replace(terms));
        }
        List<Kernel> factors = new ArrayList<>();
        for (Kernel number : numbers(set, variables.keySet())) {
            factors.add(KernelGraph.place(number, terms, Map.of()));
        }
        factors.addAll(values(set, leftSet, left, rightSet, right));
        boolean carries = !factors.isEmpty();
        Kernel kernel = carries ? multiplied(factors) : Kernels.constant(1);
        Map<String, String> names = names(variables);
        KeyProjection key = KeyProjection.nothing();
        for (Map.Entry<String, String> each : names.entrySet()) {
            key = key.and(each.getValue(), requireNonNull(variables.get(each.getKey())));
        }
        Join join = new Join(match, key, kernel, left.relation, right.relation);
        if (set != plan.all()) {
            return summed(new Unit(join, names, carries), plan.kept(set));
        }
        KeyProjection output = plan.sum().output().replace(each -> KeyTerm.left(
                requireNonNull(names.get(((Reference) each).name()))));
        return join.type().determinedBy(Keys.plain(output, Side.LEFT))
                ? new Unit(
                        new Join(
                                match,
                                plan.sum().output().replace(terms),
                                kernel,
                                left.relation,
                                right.relation),
                        names,
                        true)
                : new Unit(new Aggregate(output, Aggregator.SUM, join), names, true);
    }

    /// The values that a join multiplies.
    private List<Kernel> values(int set, int leftSet, Unit left, int rightSet, Unit right) {
        List<Kernel> factors = new ArrayList<>();
        Map<Kernel, Kernel> replaced = new IdentityHashMap<>();
        for (Side side : Side.values()) {
            Unit unit = side == Side.LEFT ? left : right;
            Argument value = new Argument(Keys.index(side), unit.relation.type().shape());
            Optional<Kernel> part = plan.part(side == Side.LEFT ? leftSet : rightSet);
            if (part.isPresent()) {
                replaced.put(part.get(), value);
            } else if (unit.carries) {
                factors.add(value);
            }
        }
        // The whole core comes last, also where it is a constant.
        Optional<Kernel> core = set == plan.all() ? plan.product().core() : plan.part(set);
        core.ifPresent(part -> factors.add(KernelGraph.replace(part, replaced)));
        return factors;
    }

    /// A unit by the variables that are kept; as it is where those determine the tuple.
    private static Unit summed(Unit unit, Set<String> kept) {
        Map<String, String> names = new LinkedHashMap<>(unit.names);
        names.keySet().retainAll(kept);
        if (names.size() == unit.names.size()) {
            return unit;
        }
        KeyProjection key = KeyProjection.keep(names.values().toArray(String[]::new));
        if (unit.relation.type().determinedBy(new HashSet<>(names.values()))) {
            return unit.relation instanceof Join join
                    ? new Unit(
                            new Join(join.on(), join.project().then(key), join.kernel(), join.left(), join.right()),
                            names,
                            unit.carries)
                    : unit;
        }
        return new Unit(
                new Aggregate(key, unit.carries ? Aggregator.SUM : Aggregator.COUNT, unit.relation), names, true);
    }

    /// Attributes for the variables of a join, by the names that they had.
    private static Map<String, String> names(Map<String, KeyTerm> variables) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        variables.forEach((variable, term) -> {
            String name = ((Reference) term).name();
            String fresh = name;
            for (int number = 2; !taken.add(fresh); number++) {
                fresh = name + "_" + number;
            }
            names.put(variable, fresh);
        });
        return names;
    }

    private static Kernel multiplied(List<Kernel> factors) {
        Kernel product = factors.getFirst();
        for (Kernel factor : factors.subList(1, factors.size())) {
            product = Kernels.multiply(product, factor);
        }
        return product;
    }

    /// The conditions over these variables that were not applied yet.
    private List<KeyPredicate> conditions(Set<String> variables) {
        List<KeyPredicate> now = conditions.stream()
                .filter(each -> variables.containsAll(Plan.variables(each)))
                .toList();
        conditions.removeAll(now);
        return now;
    }

    /// The numbers over these factors and variables that were not applied yet; those over nothing at the very end.
    private List<Kernel> numbers(int set, Set<String> variables) {
        List<Kernel> now = new ArrayList<>();
        List<Kernel> later = new ArrayList<>();
        for (Kernel number : numbers) {
            Set<Integer> read = Product.arguments(number);
            boolean fixed = read.isEmpty() && Plan.variables(number).isEmpty();
            boolean ready = (fixed ? set == plan.all() : Plan.members(set).containsAll(read))
                    && variables.containsAll(Plan.variables(number));
            (ready ? now : later).add(number);
        }
        numbers.clear();
        numbers.addAll(later);
        return now;
    }
}
