package org.relata.sql.write;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relata.sql.write.Block.Source;
import org.relata.sql.write.Block.Table;
import org.relata.sql.write.Sql.Head;

/// Whether a block is a table of facts in which each row looks up one row in each of the other sources, as in a star.
final class Lookups {
    private final Block block;

    private Lookups(Block block) {
        this.block = block;
    }

    /// Whether there is exactly one source whose rows determine those of all others. Where there are two, rows meet one
    /// to one, and what is looked up may be as large as the rest.
    static boolean only(Block block) {
        Lookups lookups = new Lookups(block);
        List<Source> sources = block.sources();
        return sources.stream().filter(lookups::reachesAll).count() == 1;
    }

    private boolean reachesAll(Source from) {
        Set<Integer> reached = new HashSet<>(Set.of(from.number()));
        boolean more = true;
        while (more) {
            more = false;
            for (Source each : block.sources()) {
                if (!reached.contains(each.number()) && (each.single() || determined(each, reached))) {
                    reached.add(each.number());
                    more = true;
                }
            }
        }
        return reached.size() == block.sources().size();
    }

    /// Whether equalities with what is reached fix the row of a source.
    private boolean determined(Source source, Set<Integer> reached) {
        Set<String> fixed = new HashSet<>();
        for (Sql each : block.where()) {
            if (Rows.isEquality(each)) {
                for (int side = 0; side < 2; side++) {
                    Sql own = each.arguments().get(side);
                    if (own.head() instanceof Head.Column(int number, String column)
                            && number == source.number()
                            && reached.containsAll(
                                    each.arguments().get(1 - side).sources())) {
                        fixed.add(column);
                    }
                }
            }
        }
        return switch (source.table()) {
            case Table.Base(Stored stored) ->
                stored.rowKey().stream()
                        .allMatch(index -> fixed.contains(stored.keys().get(index)));
            case Table.Named(Block.Definition definition) -> {
                Set<String> names = new HashSet<>();
                for (String name : definition.type().names()) {
                    if (fixed.contains(definition.column(name))) {
                        names.add(name);
                    }
                }
                yield definition.body() instanceof Block.Body.Single
                        && definition.type().determinedBy(names);
            }
            case Table.Inner _ -> false;
        };
    }
}
