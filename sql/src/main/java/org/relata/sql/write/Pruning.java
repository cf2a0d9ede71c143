package org.relata.sql.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.relata.sql.write.Block.Body;
import org.relata.sql.write.Block.Definition;
import org.relata.sql.write.Block.Source;
import org.relata.sql.write.Block.Table;
import org.relata.sql.write.Sql.Head;

/// Takes from definitions the columns that nobody reads: databases keep a table of the session as it is written. The
/// rows stay, and so does what they are grouped by; outputs show all they have.
///
/// The rows of a union and literal ones keep their columns: of a union all are read.
final class Pruning {
    /// The columns that are read of each definition, as they are written.
    private final IdentityHashMap<Definition, Set<String>> read = new IdentityHashMap<>();

    private final IdentityHashMap<Definition, Definition> pruned = new IdentityHashMap<>();

    private Pruning() {}

    /// The outputs, reading definitions that hold what is read.
    static SequencedMap<String, Block> apply(SequencedMap<String, Block> outputs) {
        return new Pruning().all(outputs);
    }

    private SequencedMap<String, Block> all(SequencedMap<String, Block> outputs) {
        List<Definition> order = Definition.sorted(outputs.values());
        outputs.values().forEach(this::reads);
        IdentityHashMap<Definition, Definition> narrow = new IdentityHashMap<>();
        // Readers come later in the order, so what they read is known.
        for (Definition each : order.reversed()) {
            Definition left = left(each);
            narrow.put(each, left);
            left.blocks().forEach(this::reads);
        }
        for (Definition each : order) {
            pruned.put(each, onPruned(requireNonNull(narrow.get(each))));
        }
        SequencedMap<String, Block> result = new LinkedHashMap<>();
        outputs.forEach((name, block) -> result.put(name, onPruned(block)));
        return result;
    }

    private void reads(Block block) {
        Map<Integer, Definition> definitions = new LinkedHashMap<>();
        for (Source source : block.sources()) {
            switch (source.table()) {
                case Table.Base _ -> {}
                case Table.Named(Definition definition) -> {
                    definitions.put(source.number(), definition);
                    read.computeIfAbsent(definition, _ -> new HashSet<>());
                }
                case Table.Inner(Block inner, List<String> _) -> reads(inner);
            }
        }
        for (Sql each : Sql.sorted(block.expressions().toList())) {
            if (each.head() instanceof Head.Column(int source, String name) && definitions.containsKey(source)) {
                requireNonNull(read.get(definitions.get(source))).add(name);
            }
        }
    }

    /// A definition without the columns that nobody reads.
    private Definition left(Definition definition) {
        Set<String> columns = requireNonNull(read.get(definition));
        return switch (definition.body()) {
            case Body.Union _, Body.Rows _ -> definition;
            case Body.Single(Block block) -> {
                List<String> kept = new ArrayList<>();
                SequencedMap<String, Sql> key = new LinkedHashMap<>();
                List<Sql> values = new ArrayList<>();
                int index = 0;
                for (Map.Entry<String, Sql> each : block.key().entrySet()) {
                    String column = definition.columns().get(index++);
                    if (columns.contains(column)) {
                        kept.add(column);
                        key.put(each.getKey(), each.getValue());
                    }
                }
                for (Sql each : block.values()) {
                    String column = definition.columns().get(index++);
                    if (columns.contains(column)) {
                        kept.add(column);
                        values.add(each);
                    }
                }
                yield new Definition(
                        definition.name(), new Body.Single(block.with(key, values)), kept, definition.type());
            }
        };
    }

    private Definition onPruned(Definition definition) {
        Body body = switch (definition.body()) {
            case Body.Single(Block block) -> new Body.Single(onPruned(block));
            case Body.Union(List<Block> parts) ->
                new Body.Union(parts.stream().map(this::onPruned).toList());
            case Body.Rows rows -> rows;
        };
        return new Definition(definition.name(), body, definition.columns(), definition.type());
    }

    private Block onPruned(Block block) {
        List<Source> sources = block.sources().stream()
                .map(source -> switch (source.table()) {
                    case Table.Base _ -> source;
                    case Table.Named(Definition definition) ->
                        new Source(
                                source.number(),
                                new Table.Named(requireNonNull(pruned.get(definition))),
                                source.single());
                    case Table.Inner(Block inner, List<String> columns) ->
                        new Source(source.number(), new Table.Inner(onPruned(inner), columns), source.single());
                })
                .toList();
        return new Block(sources, block.where(), block.key(), block.values(), block.grouping());
    }
}
