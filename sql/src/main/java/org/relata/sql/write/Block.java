package org.relata.sql.write;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.relata.algebra.RelationType;

/// One SELECT: where its rows come from, which are kept, how they are grouped, and what is shown of them.
///
/// @param sources in the order of the text; columns of expressions refer to their numbers
/// @param where conditions on rows, before they are grouped
/// @param key the key attributes, by name
/// @param values the elements of the value
/// @param grouping how rows are grouped, if they are
record Block(
        List<Source> sources,
        List<Sql> where,
        SequencedMap<String, Sql> key,
        List<Sql> values,
        Optional<Grouping> grouping) {
    /// A table, or the rows of another block, under a number.
    ///
    /// @param single whether it has at most one row
    record Source(int number, Table table, boolean single) {}

    /// What stands after FROM.
    sealed interface Table {
        /// A table of the database.
        record Base(Stored stored) implements Table {}

        /// The result of a definition.
        record Named(Definition definition) implements Table {}

        /// A SELECT in brackets, computed once for each of its rows.
        record Inner(Block block, List<String> columns) implements Table {}
    }

    /// How rows are grouped.
    ///
    /// @param by what is equal in a group
    /// @param pairs whether a group of one row is left out
    record Grouping(List<Sql> by, boolean pairs) {}

    /// A block, or rows, under a name of their own.
    ///
    /// @param columns key attributes first, as they are written; after [Pruning] those that are read
    /// @param type of the relation that it holds
    record Definition(String name, Body body, List<String> columns, RelationType type) {
        /// The column of a key attribute, before [Pruning].
        String column(String attribute) {
            return columns.get(type.names().indexOf(attribute));
        }

        /// The SELECTs that it is made of.
        List<Block> blocks() {
            return switch (body) {
                case Body.Single(Block block) -> List.of(block);
                case Body.Union(List<Block> parts) -> parts;
                case Body.Rows _ -> List.of();
            };
        }

        /// The definitions that it reads.
        Stream<Definition> read() {
            return blocks().stream().flatMap(Block::definitions);
        }

        /// All definitions below blocks, each once, before those that read it. There may be thousands, one on the
        /// other.
        static List<Definition> sorted(Iterable<Block> blocks) {
            List<Definition> order = new ArrayList<>();
            Set<Definition> opened = Collections.newSetFromMap(new IdentityHashMap<>());
            Set<Definition> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            List<Definition> open = new ArrayList<>();
            for (Block block : blocks) {
                block.definitions().toList().reversed().forEach(open::add);
                while (!open.isEmpty()) {
                    Definition last = open.getLast();
                    if (opened.add(last)) {
                        last.read().toList().reversed().forEach(open::add);
                    } else {
                        open.removeLast();
                        if (seen.add(last)) {
                            order.add(last);
                        }
                    }
                }
            }
            return order;
        }
    }

    /// What a definition holds.
    sealed interface Body {
        /// One SELECT.
        record Single(Block block) implements Body {}

        /// Several SELECTs, one after the other.
        record Union(List<Block> blocks) implements Body {}

        /// Literal rows; `types` of the columns are needed when there is none.
        record Rows(List<List<Sql>> rows, List<String> types) implements Body {}
    }

    Block {
        sources = List.copyOf(sources);
        where = List.copyOf(where);
        values = List.copyOf(values);
    }

    boolean grouped() {
        return grouping.isPresent();
    }

    /// Whether every value is a column or a literal.
    boolean plain() {
        return values.stream().allMatch(value -> value.isColumn() || value.isLiteral());
    }

    /// Everything that is shown, key first.
    List<Sql> shown() {
        List<Sql> shown = new ArrayList<>(key.values());
        shown.addAll(values);
        return shown;
    }

    /// Every expression of the text.
    Stream<Sql> expressions() {
        return Stream.of(shown().stream(), where.stream(), grouping.stream().flatMap(each -> each.by.stream()))
                .flatMap(each -> each);
    }

    /// The blocks and definitions that it reads.
    Stream<Definition> definitions() {
        return sources.stream().flatMap(source -> switch (source.table) {
            case Table.Base _ -> Stream.empty();
            case Table.Named(Definition definition) -> Stream.of(definition);
            case Table.Inner(Block block, List<String> _) -> block.definitions();
        });
    }

    Block with(SequencedMap<String, Sql> otherKey, List<Sql> otherValues) {
        return new Block(sources, where, otherKey, otherValues, grouping);
    }

    Block where(List<Sql> otherWhere) {
        return new Block(sources, otherWhere, key, values, grouping);
    }
}
