package org.relata.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.relata.algebra.Facts.Dependency;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;

/// What determines what in the key of a join, said in the names of its result: what each side says, and that a match
/// makes terms equal.
final class Dependencies {
    /// A bound for how much is carried along: more is rarely of use, and every operator looks at all of it.
    private static final int MOST = 12;

    private final RelationType left;
    private final RelationType right;
    private final List<Rule> rules = new ArrayList<>();
    /// The name in the result of each attribute that it has, itself or by one that equals it.
    private final Map<Reference, String> names = new HashMap<>();

    private final Set<String> result = new HashSet<>();
    private final Set<Set<String>> unique = new LinkedHashSet<>();
    private final Set<Dependency> others = new LinkedHashSet<>();

    private record Rule(Set<Reference> from, Set<Reference> to) {}

    Dependencies(KeyMatch on, KeyProjection project, RelationType left, RelationType right) {
        this.left = left;
        this.right = right;
        for (KeyProjection.Column column : project.columns()) {
            result.add(column.name());
            if (column.term() instanceof Reference reference) {
                names.put(reference, column.name());
            }
        }
        for (KeyMatch.Equality equality : on.equalities()) {
            rule(equality.left(), equality.right());
            rule(equality.right(), equality.left());
        }
        List<Set<Reference>> lefts = sets(left, Side.LEFT);
        List<Set<Reference>> rights = sets(right, Side.RIGHT);
        for (Set<Reference> each : lefts) {
            add(each);
        }
        for (Set<Reference> each : rights) {
            add(each);
        }
        for (Set<Reference> one : lefts) {
            for (Set<Reference> other : rights) {
                Set<Reference> both = new HashSet<>(one);
                both.addAll(other);
                add(both);
            }
        }
        // What follows from another is not said.
        unique.removeIf(
                each -> unique.stream().anyMatch(other -> each.size() > other.size() && each.containsAll(other)));
        others.removeIf(each -> others.stream()
                .anyMatch(other -> !other.equals(each)
                        && each.from().containsAll(other.from())
                        && other.to().containsAll(each.to())));
    }

    /// Sets that determine the tuple, other than the whole key.
    Set<Set<String>> unique() {
        return unique;
    }

    /// What is determined by sets that do not determine the tuple.
    Set<Dependency> others() {
        return others;
    }

    /// What of an input is still so under new names of some of its attributes.
    static Set<Dependency> renamed(RelationType input, Map<String, String> names) {
        Set<Dependency> renamed = new LinkedHashSet<>();
        Set<Set<String>> sets = new LinkedHashSet<>(input.facts().unique());
        input.facts().dependencies().forEach(each -> sets.add(each.from()));
        for (Set<String> from : sets) {
            Set<String> to = new HashSet<>(input.closure(from));
            if (to.containsAll(input.names()) && names.keySet().containsAll(input.names())) {
                // It still determines the tuple, which is more.
                continue;
            }
            to.removeAll(from);
            to.retainAll(names.keySet());
            if (names.keySet().containsAll(from) && !to.isEmpty() && renamed.size() < MOST) {
                renamed.add(new Dependency(all(from, names), all(to, names)));
            }
        }
        return renamed;
    }

    private static Set<String> all(Set<String> some, Map<String, String> names) {
        Set<String> renamed = new HashSet<>();
        some.forEach(name -> renamed.add(names.getOrDefault(name, name)));
        return renamed;
    }

    private void rule(KeyTerm from, KeyTerm to) {
        if (to instanceof Reference reference) {
            Set<Reference> read = new HashSet<>();
            from.replace(each -> {
                read.add((Reference) each);
                return each;
            });
            rules.add(new Rule(read, Set.of(reference)));
            if (from instanceof Reference same && names.containsKey(same)) {
                names.putIfAbsent(reference, names.getOrDefault(same, ""));
            }
        }
    }

    /// The sets of one side that determine something, with what they do.
    private List<Set<Reference>> sets(RelationType type, Side side) {
        Set<Set<String>> sets = new LinkedHashSet<>(type.facts().unique());
        type.facts().dependencies().forEach(each -> sets.add(each.from()));
        sets.add(Set.copyOf(type.names()));
        List<Set<Reference>> references = new ArrayList<>();
        for (Set<String> set : sets) {
            Set<Reference> from = references(set, side);
            rules.add(new Rule(from, references(type.closure(set), side)));
            references.add(from);
        }
        return references;
    }

    private static Set<Reference> references(Set<String> set, Side side) {
        Set<Reference> references = new LinkedHashSet<>();
        new TreeSet<>(set).forEach(name -> references.add(new Reference(side, name)));
        return references;
    }

    private void add(Set<Reference> from) {
        // What the rest determines is not needed.
        Set<Reference> least = new LinkedHashSet<>(from);
        for (Reference each : from) {
            if (least.size() > 1) {
                least.remove(each);
                if (!closure(least).containsAll(from)) {
                    least.add(each);
                }
            }
        }
        for (Set<Reference> set : List.of(from, least)) {
            if (names.keySet().containsAll(set)) {
                add(set, closure(set));
            }
        }
    }

    private void add(Set<Reference> from, Set<Reference> closure) {
        Set<String> named = new HashSet<>();
        from.forEach(each -> named.add(names.getOrDefault(each, "")));
        if (closure.containsAll(references(Set.copyOf(left.names()), Side.LEFT))
                && closure.containsAll(references(Set.copyOf(right.names()), Side.RIGHT))) {
            if (!named.equals(result) && unique.size() < MOST) {
                unique.add(named);
            }
            return;
        }
        Set<String> to = new HashSet<>();
        closure.forEach(each -> to.add(names.getOrDefault(each, "")));
        to.remove("");
        to.removeAll(named);
        if (!to.isEmpty() && others.size() < MOST) {
            others.add(new Dependency(named, to));
        }
    }

    private Set<Reference> closure(Set<Reference> from) {
        Set<Reference> known = new HashSet<>(from);
        boolean more = true;
        while (more) {
            more = false;
            for (Rule rule : rules) {
                more |= known.containsAll(rule.from) && known.addAll(rule.to);
            }
        }
        return known;
    }
}
