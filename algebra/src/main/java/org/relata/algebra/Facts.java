package org.relata.algebra;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is known of a relation's keys before it is computed. All of it holds for sure, but for the size.
///
/// @param ranges bounds of integer attributes
/// @param complete whether every attribute has a range and every combination of their values is present
/// @param unique sets of attributes that determine the tuple, besides the whole key
/// @param size about how many tuples there are, when there is a guess
/// @param dependencies attributes that determine others, though not the tuple
public record Facts(
        Map<String, Range> ranges,
        boolean complete,
        Set<Set<String>> unique,
        OptionalDouble size,
        Set<Dependency> dependencies) {
    /// Tuples that agree in some attributes agree in others.
    public record Dependency(Set<String> from, Set<String> to) {
        /// Copies.
        public Dependency {
            from = Set.copyOf(from);
            to = Set.copyOf(to);
        }

        @Override
        public String toString() {
            return new TreeSet<>(from) + "→" + new TreeSet<>(to);
        }
    }

    /// Integers from `from` (with) to `to` (without).
    public record Range(long from, long to) {
        /// How many values there are.
        public long count() {
            return to - from;
        }

        @Override
        public String toString() {
            return from + ".." + (to - 1);
        }
    }

    /// Nothing is known.
    public static final Facts NONE = new Facts(Map.of(), false, Set.of(), OptionalDouble.empty(), Set.of());

    /// Copies.
    public Facts {
        ranges = Map.copyOf(ranges);
        unique = unique.stream().map(Set::copyOf).collect(Collectors.toUnmodifiableSet());
        dependencies = Set.copyOf(dependencies);
    }

    /// No attribute determines another.
    public Facts(Map<String, Range> ranges, boolean complete, Set<Set<String>> unique, OptionalDouble size) {
        this(ranges, complete, unique, size, Set.of());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(ranges)
                .forEach((name, range) ->
                        text.append(' ').append(name).append('∈').append(range));
        unique.stream()
                .map(TreeSet::new)
                .map(TreeSet::toString)
                .sorted()
                .forEach(set -> text.append(" unique").append(set));
        dependencies.stream()
                .map(Dependency::toString)
                .sorted()
                .forEach(each -> text.append(' ').append(each));
        size.ifPresent(tuples -> text.append(" ~").append(Math.round(tuples)));
        return text + (complete ? " complete" : "");
    }
}
