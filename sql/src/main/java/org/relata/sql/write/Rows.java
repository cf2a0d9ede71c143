package org.relata.sql.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntSupplier;
import org.relata.sql.write.Block.Grouping;
import org.relata.sql.write.Block.Source;
import org.relata.sql.write.Block.Table;
import org.relata.sql.write.Sql.Head;

/// Which sources of a block read the same row: blocks that read one table are kept apart, unless a join says that the
/// rows
/// are the same, which then are read once.
final class Rows {
    private final Sql.Maker maker;

    Rows(Sql.Maker maker) {
        this.maker = maker;
    }

    /// The block, with new numbers for sources that another block has too.
    Block apart(Block block, Block other, IntSupplier numbers) {
        Set<Integer> taken = new HashSet<>();
        other.sources().forEach(source -> taken.add(source.number()));
        Map<Integer, Integer> renumbered = new HashMap<>();
        List<Source> sources = new ArrayList<>();
        for (Source source : block.sources()) {
            int number = taken.contains(source.number()) ? numbers.getAsInt() : source.number();
            renumbered.put(source.number(), number);
            sources.add(new Source(number, source.table(), source.single()));
        }
        return rewritten(new Block(sources, block.where(), block.key(), block.values(), block.grouping()), renumbered);
    }

    /// The block, with sources that read the same row of one table read once, and without conditions that say nothing.
    Block once(Block block) {
        Block result = block;
        while (true) {
            Optional<Map<Integer, Integer>> same = same(result);
            if (same.isEmpty()) {
                return meaningful(result);
            }
            Map<Integer, Integer> into = same.get();
            List<Source> left = result.sources().stream()
                    .filter(source -> !into.containsKey(source.number()))
                    .toList();
            result = meaningful(
                    rewritten(new Block(left, result.where(), result.key(), result.values(), result.grouping()), into));
        }
    }

    /// A source and the earlier one that reads the same row.
    private static Optional<Map<Integer, Integer>> same(Block block) {
        Classes classes = new Classes(block.where());
        for (int later = 1; later < block.sources().size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                Source one = block.sources().get(earlier);
                Source other = block.sources().get(later);
                if (sameRow(one, other, classes)) {
                    return Optional.of(Map.of(other.number(), one.number()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean sameRow(Source one, Source other, Classes classes) {
        return switch (one.table()) {
            case Table.Base(Stored stored) ->
                other.table() instanceof Table.Base(Stored its)
                        && stored.from().equals(its.from())
                        && stored.rowKey().stream()
                                .allMatch(index -> index < its.keys().size()
                                        && stored.keys()
                                                .get(index)
                                                .equals(its.keys().get(index))
                                        && classes.equal(
                                                one.number(),
                                                stored.keys().get(index),
                                                other.number(),
                                                its.keys().get(index)));
            case Table.Named(Block.Definition definition) ->
                // Rows of a union, or literal ones, may have equal keys.
                other.table() instanceof Table.Named(Block.Definition its)
                        && definition == its
                        && definition.body() instanceof Block.Body.Single
                        && definition.type().determinedBy(equal(definition, one.number(), other.number(), classes));
            case Table.Inner _ -> false;
        };
    }

    /// The key attributes in which two sources agree.
    private static Set<String> equal(Block.Definition definition, int one, int other, Classes classes) {
        Set<String> equal = new HashSet<>();
        for (String name : definition.type().names()) {
            String column = definition.column(name);
            if (classes.equal(one, column, other, column)) {
                equal.add(name);
            }
        }
        return equal;
    }

    private Block rewritten(Block block, Map<Integer, Integer> numbers) {
        IdentityHashMap<Sql, Sql> known = new IdentityHashMap<>();
        SequencedMap<String, Sql> key = new LinkedHashMap<>();
        block.key().forEach((name, expression) -> key.put(name, renumbered(expression, numbers, known)));
        return new Block(
                block.sources(),
                block.where().stream()
                        .map(each -> renumbered(each, numbers, known))
                        .distinct()
                        .toList(),
                key,
                block.values().stream()
                        .map(each -> renumbered(each, numbers, known))
                        .toList(),
                block.grouping()
                        .map(grouping -> new Grouping(
                                grouping.by().stream()
                                        .map(each -> renumbered(each, numbers, known))
                                        .toList(),
                                grouping.pairs())));
    }

    private Sql renumbered(Sql expression, Map<Integer, Integer> numbers, IdentityHashMap<Sql, Sql> known) {
        return maker.replace(
                expression,
                each -> each.head() instanceof Head.Column(int source, String name)
                                && numbers.getOrDefault(source, source) != source
                        ? maker.column(numbers.getOrDefault(source, source), name, each.kind())
                        : each,
                known);
    }

    /// Keys are never NULL, so that x = x says nothing.
    private static Block meaningful(Block block) {
        return block.where(block.where().stream()
                .filter(each -> !(isEquality(each)
                        && each.arguments().get(0) == each.arguments().get(1)))
                .toList());
    }

    /// Whether a condition is that two expressions are equal.
    static boolean isEquality(Sql condition) {
        return condition.head() instanceof Head.Form(Template template) && template.equals(Template.of("{0} = {1}"));
    }

    /// What equalities of a block make equal.
    private static final class Classes {
        private final IdentityHashMap<Sql, Sql> parents = new IdentityHashMap<>();
        private final Map<List<Object>, Sql> columns = new HashMap<>();

        Classes(List<Sql> where) {
            for (Sql each : where) {
                if (isEquality(each)) {
                    Sql one = root(each.arguments().get(0));
                    Sql other = root(each.arguments().get(1));
                    if (one != other) {
                        parents.put(one, other);
                    }
                    each.arguments().forEach(side -> {
                        if (side.head() instanceof Head.Column(int source, String name)) {
                            columns.put(List.of(source, name), side);
                        }
                    });
                }
            }
        }

        boolean equal(int source, String column, int otherSource, String otherColumn) {
            Sql one = columns.get(List.of(source, column));
            Sql other = columns.get(List.of(otherSource, otherColumn));
            return one != null && other != null && root(one) == root(other);
        }

        private Sql root(Sql expression) {
            Sql each = expression;
            while (parents.containsKey(each)) {
                each = parents.get(each);
            }
            return each;
        }
    }
}
