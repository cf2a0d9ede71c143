package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Aggregate;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.RowMap;

/// Which rows of operators anything reads: groups that nothing reads need not be summed up.
final class Liveness {
    /// Aggregates with fewer rows are not looked at.
    private static final int FEW = 4096;

    private final Set<Keyed> outputs;
    private final Map<Keyed, List<Use>> uses = new HashMap<>();
    /// Rows that are read; nothing where all are.
    private final Map<Keyed, Optional<BitSet>> known = new HashMap<>();

    private record Use(Keyed user, RowMap map) {}

    /// @param all operators
    /// @param outputs of which all rows are read
    Liveness(List<Keyed> all, Set<Keyed> outputs) {
        this.outputs = outputs;
        for (Keyed each : all) {
            for (int index = 0; index < each.inputs().size(); index++) {
                uses.computeIfAbsent(each.inputs().get(index), _ -> new ArrayList<>())
                        .add(new Use(each, each.maps().get(index)));
            }
        }
    }

    /// The groups of an aggregate that are read, if they are few enough for it to pay.
    Optional<BitSet> groups(Keyed aggregate) {
        int rows = aggregate.keys().rows();
        return rows < FEW ? Optional.empty() : rows(aggregate).filter(read -> read.cardinality() < rows * 3L / 4);
    }

    private Optional<BitSet> rows(Keyed keyed) {
        Optional<BitSet> before = known.get(keyed);
        if (before == null) {
            before = found(keyed);
            known.put(keyed, before);
        }
        return before;
    }

    private Optional<BitSet> found(Keyed keyed) {
        List<Use> readers = uses.getOrDefault(keyed, List.of());
        if (outputs.contains(keyed)
                || readers.stream()
                        .anyMatch(use -> isIdentity(use) && rows(use.user).isEmpty())) {
            return Optional.empty();
        }
        BitSet read = new BitSet();
        for (Use use : readers) {
            add(use, rows(use.user), read);
        }
        return Optional.of(read);
    }

    /// Whether each row is read by one row of the user.
    private static boolean isIdentity(Use use) {
        return use.map instanceof RowMap.Identity
                && use.user.groups().map(groups -> groups.rows() > 0).orElse(true);
    }

    private static void add(Use use, Optional<BitSet> live, BitSet read) {
        if (use.user.expression() instanceof Aggregate) {
            Groups groups = use.user.groups().orElseThrow();
            for (int group = 0; group < groups.count(); group++) {
                if (live.isEmpty() || live.get().get(group)) {
                    for (int at = groups.starts().get(group);
                            at < groups.starts().get(group + 1L);
                            at++) {
                        read.set(use.map.at(at));
                    }
                }
            }
            return;
        }
        for (int row = 0; row < use.user.keys().rows(); row++) {
            int at = live.isEmpty() || live.get().get(row) ? use.map.at(row) : RowMap.ABSENT;
            if (at != RowMap.ABSENT) {
                read.set(at);
            }
        }
    }
}
