package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.relata.algebra.value.Key;

/// Compares what the types of a program say with what it computes.
final class FactsCheck {
    private FactsCheck() {}

    /// Fails where a fact does not hold; how many unique sets and dependencies there were.
    static int holds(RelExpr program, Reference run) {
        int looked = 0;
        for (RelExpr part : Sharing.sorted(program)) {
            Facts facts = part.type().facts();
            Set<Key> keys = run.run(part).tuples().keySet();
            for (int index = 0; index < part.type().key().size(); index++) {
                Facts.Range range = facts.ranges().get(part.type().names().get(index));
                for (Key key : keys) {
                    long value = (Long) key.value(index);
                    assertTrue(range == null || (range.from() <= value && value < range.to()), part::explain);
                }
            }
            for (Set<String> names : facts.unique()) {
                looked++;
                assertEquals(
                        keys.size(),
                        keys.stream()
                                .map(key -> values(part, key, names))
                                .distinct()
                                .count(),
                        part::explain);
            }
            for (Facts.Dependency each : facts.dependencies()) {
                looked++;
                Map<List<Object>, List<Object>> seen = new HashMap<>();
                for (Key key : keys) {
                    List<Object> to = values(part, key, each.to());
                    assertEquals(to, seen.merge(values(part, key, each.from()), to, (old, _) -> old), part::explain);
                }
            }
            if (facts.complete()) {
                assertEquals(
                        facts.ranges().values().stream()
                                .mapToLong(Facts.Range::count)
                                .reduce(1, Math::multiplyExact),
                        keys.size(),
                        part::explain);
            }
        }
        return looked;
    }

    private static List<Object> values(RelExpr part, Key key, Set<String> names) {
        return new TreeSet<>(names)
                .stream()
                        .map(name -> key.value(part.type().names().indexOf(name)))
                        .toList();
    }
}
