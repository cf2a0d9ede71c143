package org.relata.sql.write;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.relata.sql.write.Block.Grouping;
import org.relata.sql.write.Block.Source;
import org.relata.sql.write.Block.Table;
import org.relata.sql.write.Sql.Head;
import org.relata.sql.write.Sql.Kind;

/// Puts what a SELECT would write many times into an inner SELECT: a residual that is multiplied by each of a hundred
/// columns is computed once a row.
final class Hoisting {
    private final Sql.Maker maker;
    /// How much text may be repeated.
    private final int patience;
    private int inner = 1_000_000;

    Hoisting(Dialect dialect, Sql.Maker maker) {
        this.maker = maker;
        // A database that works row by row computes repeated text each time.
        this.patience = dialect.columnar() ? 40 : 12;
    }

    Block apply(Block block) {
        Block result = block;
        for (Set<Sql> repeated = repeated(result); !repeated.isEmpty(); repeated = repeated(result)) {
            result = hoisted(result, repeated);
        }
        return result;
    }

    /// What is worth it and holds nothing that is.
    private Set<Sql> repeated(Block block) {
        List<Sql> roots = new ArrayList<>(block.shown());
        block.grouping().ifPresent(grouping -> roots.addAll(grouping.by()));
        List<Sql> order = Sql.sorted(roots);
        IdentityHashMap<Sql, Integer> uses = new IdentityHashMap<>();
        roots.forEach(root -> uses.merge(root, 1, Integer::sum));
        order.forEach(each -> each.arguments().forEach(argument -> uses.merge(argument, 1, Integer::sum)));
        Set<Sql> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Sql> above = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Sql each : order) {
            boolean holds = each.arguments().stream()
                    .anyMatch(argument -> chosen.contains(argument) || above.contains(argument));
            if (holds) {
                above.add(each);
            } else if (each.real()
                    && each.head() instanceof Head.Form
                    && !each.total()
                    && (long) (uses.getOrDefault(each, 0) - 1) * each.size() > patience) {
                chosen.add(each);
            }
        }
        return chosen;
    }

    private Block hoisted(Block block, Set<Sql> repeated) {
        int number = inner++;
        IdentityHashMap<Sql, Sql> known = new IdentityHashMap<>();
        List<Sql> shown = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Map<Sql, Sql> columnOf = new HashMap<>();
        List<Sql> roots = new ArrayList<>(block.shown());
        block.grouping().ifPresent(grouping -> roots.addAll(grouping.by()));
        for (Sql each : Sql.sorted(roots)) {
            if (repeated.contains(each)) {
                String name = fresh("t", taken);
                shown.add(each);
                columns.add(name);
                columnOf.put(each, maker.column(number, name, Kind.REAL));
            }
        }
        // Columns that are read outside of what moves inside.
        for (Sql root : roots) {
            replace(root, columnOf, known, number, shown, columns, taken);
        }
        SequencedMap<String, Sql> key = new LinkedHashMap<>();
        block.key().forEach((name, each) -> key.put(name, known.getOrDefault(each, each)));
        Block rows = new Block(block.sources(), block.where(), new LinkedHashMap<>(), shown, Optional.empty());
        return new Block(
                List.of(new Source(number, new Table.Inner(rows, columns), false)),
                List.of(),
                key,
                block.values().stream()
                        .map(each -> known.getOrDefault(each, each))
                        .toList(),
                block.grouping()
                        .map(grouping -> new Grouping(
                                grouping.by().stream()
                                        .map(each -> known.getOrDefault(each, each))
                                        .toList(),
                                grouping.pairs())));
    }

    private void replace(
            Sql root,
            Map<Sql, Sql> columnOf,
            IdentityHashMap<Sql, Sql> known,
            int number,
            List<Sql> shown,
            List<String> columns,
            Set<String> taken) {
        // From the top, so that what only moved expressions read stays inside.
        List<Sql> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            Sql each = open.removeLast();
            if (known.containsKey(each)) {
                continue;
            }
            Sql moved = columnOf.get(each);
            if (moved != null) {
                known.put(each, moved);
            } else if (each.head() instanceof Head.Column(int _, String name)) {
                String column = taken.add(name) ? name : fresh("c", taken);
                shown.add(each);
                columns.add(column);
                Sql outer = maker.column(number, column, each.kind());
                columnOf.put(each, outer);
                known.put(each, outer);
            } else if (each.arguments().stream().allMatch(known::containsKey)) {
                known.put(
                        each,
                        maker.with(
                                each, each.arguments().stream().map(known::get).toList()));
            } else {
                open.add(each);
                Stream.of(each.arguments()).forEach(open::addAll);
            }
        }
    }

    private static String fresh(String stem, Set<String> taken) {
        int number = 1;
        while (!taken.add(stem + number)) {
            number++;
        }
        return stem + number;
    }
}
