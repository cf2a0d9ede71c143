package org.relata.algebra;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyScope;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.algebra.value.Shape;

/// The type of each operator from those of its inputs, and all that can be wrong with it before any data is seen.
final class Typing {
    private Typing() {}

    static RelationType select(KeyPredicate where, KeyProjection project, Kernel kernel, RelationType input) {
        KeyScope scope = new KeyScope("select", input.key());
        where.check(scope);
        check(kernel, scope, List.of(input.shape()));
        List<Attribute> key = project.attributes(scope);
        Set<String> read = references(project, Side.LEFT);
        if (input.facts().complete() && where.isTrue()) {
            for (Attribute attribute : input.key()) {
                if (!read.contains(attribute.name())
                        && range(input, attribute.name()).orElseThrow().count() > 1) {
                    throw merges("select " + project, "that differ in " + attribute.name() + " only");
                }
            }
        }
        Map<String, String> names = names(project, Side.LEFT);
        Facts facts = new Facts(
                ranges(project, input, input),
                input.facts().complete()
                        && where.isTrue()
                        && names.size() == input.key().size()
                        && names.size() == key.size(),
                least(kept(input, names), key),
                input.facts().size(),
                Dependencies.renamed(input, names));
        return new RelationType(key, kernel.shape(), facts);
    }

    static RelationType aggregate(KeyProjection groupBy, Aggregator aggregator, RelationType input) {
        List<Attribute> key = groupBy.attributes(new KeyScope("aggregate " + aggregator.symbol(), input.key()));
        Map<String, Facts.Range> ranges = ranges(groupBy, input, input);
        boolean bounded = ranges.size() == key.size();
        double most = ranges.values().stream().mapToDouble(Facts.Range::count).reduce(1, (a, b) -> a * b);
        OptionalDouble size = bounded
                ? OptionalDouble.of(Math.min(most, input.facts().size().orElse(most)))
                : input.facts().size();
        boolean complete = input.facts().complete()
                && bounded
                && key.size() == names(groupBy, Side.LEFT).size()
                && aggregator != Aggregator.VARIANCE
                && aggregator != Aggregator.DEVIATION;
        return new RelationType(
                key,
                aggregator.shape(input.shape()),
                new Facts(ranges, complete, Set.of(), size, Dependencies.renamed(input, names(groupBy, Side.LEFT))));
    }

    static RelationType join(KeyMatch on, KeyProjection project, Kernel kernel, RelationType left, RelationType right) {
        KeyScope scope = new KeyScope("join", left.key(), right.key());
        on.check(scope);
        check(kernel, scope, List.of(left.shape(), right.shape()));
        List<Attribute> key = project.attributes(scope);
        boolean oneRight = right.determinedBy(matched(on, Side.RIGHT));
        boolean oneLeft = left.determinedBy(matched(on, Side.LEFT));
        Dependencies dependencies = new Dependencies(on, project, left, right);
        Facts facts = new Facts(
                ranges(project, left, right),
                false,
                dependencies.unique(),
                size(on, left, right, oneLeft, oneRight),
                dependencies.others());
        return new RelationType(key, kernel.shape(), facts);
    }

    static RelationType add(List<RelationType> inputs) {
        if (inputs.isEmpty()) {
            throw new AlgebraException("add.empty", "add", "it has no input", "give at least one");
        }
        RelationType first = inputs.getFirst();
        double size = 0;
        boolean sized = true;
        for (RelationType input : inputs) {
            if (!input.key().equals(first.key()) || !input.shape().equals(first.shape())) {
                throw new AlgebraException(
                        "add.types",
                        "add",
                        "key " + input.key() + " with shape " + input.shape() + " and key " + first.key()
                                + " with shape " + first.shape() + " differ",
                        "project and map them to one type first");
            }
            sized &= input.facts().size().isPresent();
            size += input.facts().size().orElse(0);
        }
        Map<String, Facts.Range> ranges = new HashMap<>();
        for (String name : first.names()) {
            if (inputs.stream().allMatch(input -> range(input, name).isPresent())) {
                ranges.put(
                        name,
                        new Facts.Range(
                                inputs.stream()
                                        .mapToLong(input ->
                                                range(input, name).orElseThrow().from())
                                        .min()
                                        .orElseThrow(),
                                inputs.stream()
                                        .mapToLong(input ->
                                                range(input, name).orElseThrow().to())
                                        .max()
                                        .orElseThrow()));
            }
        }
        boolean complete = inputs.stream()
                .anyMatch(input ->
                        input.facts().complete() && input.facts().ranges().equals(ranges));
        return new RelationType(
                first.key(),
                first.shape(),
                new Facts(ranges, complete, Set.of(), sized ? OptionalDouble.of(size) : OptionalDouble.empty()));
    }

    /// The error of two tuples under one key.
    static AlgebraException merges(String place, String keys) {
        return new AlgebraException(
                "projection.merges", place, "the projection merges keys " + keys, "put an aggregate over it");
    }

    /// The attributes of one side that a match fixes, given the other side.
    static Set<String> matched(KeyMatch on, Side side) {
        Set<String> names = new HashSet<>();
        for (KeyMatch.Equality equality : on.equalities()) {
            if ((side == Side.LEFT ? equality.left() : equality.right()) instanceof Reference(Side _, String name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static void check(Kernel kernel, KeyScope scope, List<Shape> arguments) {
        kernel.reads(leaf -> {
            switch (leaf) {
                case Leaf.Argument argument -> {
                    if (argument.index() < 0
                            || argument.index() >= arguments.size()
                            || !argument.shape().equals(arguments.get(argument.index()))) {
                        throw new AlgebraException(
                                "kernel.argument",
                                scope.place() + ", kernel " + kernel.text(),
                                "argument " + argument.index() + " of shape " + argument.shape()
                                        + " does not fit the input shapes " + arguments,
                                "build the kernel for these inputs");
                    }
                }
                case Leaf.KeyNumber number -> {
                    if (number.term().domain(scope) == Domain.TEXT) {
                        throw new AlgebraException(
                                "key.type", scope.place(), number.term() + " is a string, not a number", "");
                    }
                }
                case Leaf.KeyTest test -> test.predicate().check(scope);
                case Leaf.Random random -> random.key().forEach(term -> term.domain(scope));
                case Leaf.Constant _, Leaf.Hyper _ -> {}
            }
            return false;
        });
    }

    private static Optional<Facts.Range> range(RelationType type, String name) {
        return Optional.ofNullable(type.facts().ranges().get(name));
    }

    private static Map<String, Facts.Range> ranges(KeyProjection project, RelationType left, RelationType right) {
        Map<String, Facts.Range> ranges = new HashMap<>();
        for (KeyProjection.Column column : project.columns()) {
            if (column.term() instanceof Reference(Side side, String name)) {
                range(side == Side.LEFT ? left : right, name).ifPresent(range -> ranges.put(column.name(), range));
            }
        }
        return ranges;
    }

    /// The new name of each attribute of a side that a projection keeps as it is.
    private static Map<String, String> names(KeyProjection project, Side side) {
        Map<String, String> names = new HashMap<>();
        for (KeyProjection.Column column : project.columns()) {
            if (column.term() instanceof Reference(Side of, String name) && of == side) {
                names.put(name, column.name());
            }
        }
        return names;
    }

    /// Every attribute of a side that a projection reads.
    private static Set<String> references(KeyProjection project, Side side) {
        Set<String> read = new HashSet<>();
        project.replace(reference -> {
            if (reference instanceof Reference(Side of, String name) && of == side) {
                read.add(name);
            }
            return reference;
        });
        return read;
    }

    /// The sets that determine a tuple of an input, under their new names, where all of them are kept.
    private static Set<Set<String>> kept(RelationType input, Map<String, String> names) {
        Set<Set<String>> all = new HashSet<>(input.facts().unique());
        all.add(Set.copyOf(input.names()));
        return all.stream()
                .filter(set -> names.keySet().containsAll(set))
                .map(set -> set.stream().map(names::get).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    /// Without the whole key and what contains another of them.
    private static Set<Set<String>> least(Set<Set<String>> sets, List<Attribute> key) {
        return sets.stream()
                .filter(set -> set.size() < key.size())
                .filter(set -> sets.stream().noneMatch(other -> other.size() < set.size() && set.containsAll(other)))
                .collect(Collectors.toSet());
    }

    private static OptionalDouble size(
            KeyMatch on, RelationType left, RelationType right, boolean oneLeft, boolean oneRight) {
        if (left.facts().size().isEmpty() || right.facts().size().isEmpty()) {
            return OptionalDouble.empty();
        }
        double lefts = left.facts().size().getAsDouble();
        double rights = right.facts().size().getAsDouble();
        if (oneLeft || oneRight) {
            return OptionalDouble.of(oneLeft && oneRight ? Math.min(lefts, rights) : oneRight ? lefts : rights);
        }
        double pairs = lefts * rights;
        for (KeyMatch.Equality equality : on.equalities()) {
            Optional<Facts.Range> known =
                    equality.left() instanceof Reference(Side _, String name) ? range(left, name) : Optional.empty();
            pairs /= Math.max(1, known.map(range -> (double) range.count()).orElse(Math.sqrt(Math.max(lefts, rights))));
        }
        return OptionalDouble.of(pairs);
    }
}
