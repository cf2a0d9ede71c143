package org.relata.algebra;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;

/// What a relation looks like.
///
/// @param key its key attributes, in order; their names differ
/// @param shape of every value
/// @param facts what is known of the keys
public record RelationType(List<Attribute> key, Shape shape, Facts facts) {
    /// Checks the names.
    public RelationType {
        key = List.copyOf(key);
        Set<String> seen = new HashSet<>();
        for (Attribute attribute : key) {
            if (!seen.add(attribute.name())) {
                throw new AlgebraException("key.twice", "key " + key, attribute.name() + " stands twice", "rename one");
            }
        }
    }

    /// The type of a relation with the key ⟨⟩.
    public static RelationType of(Shape shape) {
        return new RelationType(List.of(), shape, Facts.NONE);
    }

    /// A type of which nothing is known but its key and shape.
    public static RelationType of(Shape shape, Attribute... key) {
        return new RelationType(List.of(key), shape, Facts.NONE);
    }

    /// A type with integer attributes.
    public static RelationType of(Shape shape, String... key) {
        return new RelationType(List.of(key).stream().map(Attribute::integer).toList(), shape, Facts.NONE);
    }

    /// This type, one integer attribute of which lies between `from` (with) and `to` (without).
    public RelationType range(String name, long from, long to) {
        Map<String, Facts.Range> ranges = new HashMap<>(facts.ranges());
        ranges.put(name, new Facts.Range(from, to));
        return new RelationType(
                key, shape, new Facts(ranges, facts.complete(), facts.unique(), facts.size(), facts.dependencies()));
    }

    /// This type, with every combination of the ranges present: a dense array. Every attribute needs a range.
    public RelationType complete() {
        double size = 1;
        for (Attribute attribute : key) {
            Facts.Range range = facts.ranges().get(attribute.name());
            if (range == null) {
                throw new AlgebraException("key.range", "key " + key, attribute.name() + " has no range", "state it");
            }
            size *= range.count();
        }
        return new RelationType(
                key,
                shape,
                new Facts(facts.ranges(), true, facts.unique(), OptionalDouble.of(size), facts.dependencies()));
    }

    /// This type, in which the named attributes determine the tuple.
    public RelationType unique(String... names) {
        Set<Set<String>> unique = new HashSet<>(facts.unique());
        unique.add(Set.of(names));
        return new RelationType(
                key, shape, new Facts(facts.ranges(), facts.complete(), unique, facts.size(), facts.dependencies()));
    }

    /// This type, in which some attributes determine others: the identity of a row its foreign keys, say.
    public RelationType determines(Set<String> from, Set<String> to) {
        Set<Facts.Dependency> dependencies = new HashSet<>(facts.dependencies());
        dependencies.add(new Facts.Dependency(from, to));
        return new RelationType(
                key, shape, new Facts(facts.ranges(), facts.complete(), facts.unique(), facts.size(), dependencies));
    }

    /// This type with a guess of how many tuples there are.
    public RelationType size(double tuples) {
        return new RelationType(
                key,
                shape,
                new Facts(
                        facts.ranges(),
                        facts.complete(),
                        facts.unique(),
                        OptionalDouble.of(tuples),
                        facts.dependencies()));
    }

    /// The names of the key attributes.
    public List<String> names() {
        return key.stream().map(Attribute::name).toList();
    }

    /// Whether the named attributes determine the tuple.
    public boolean determinedBy(Set<String> names) {
        return closure(names).containsAll(names());
    }

    /// The named attributes and all that they determine.
    public Set<String> closure(Set<String> names) {
        Set<String> known = new HashSet<>(names);
        boolean more = true;
        while (more) {
            more = facts.unique().stream().anyMatch(known::containsAll) && known.addAll(names());
            for (Facts.Dependency each : facts.dependencies()) {
                more |= known.containsAll(each.from()) && known.addAll(each.to());
            }
        }
        return known;
    }

    @Override
    public String toString() {
        return key.stream().map(Attribute::toString).collect(Collectors.joining(", ", "⟨", "⟩"))
                + (shape.rank() == 0 ? "" : " " + shape)
                + facts;
    }
}
