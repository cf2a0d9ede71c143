package org.relata.engine.plan;

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
    /// Operators with fewer rows are not looked at.
    private static final int FEW = 1024;

    /// Rows that are read, where not all are.
    private final Map<Keyed, BitSet> some = new HashMap<>();

    private Liveness() {}

    /// @param all operators, inputs first
    /// @param outputs of which all rows are read
    static Liveness of(List<Keyed> all, Set<Keyed> outputs) {
        Liveness liveness = new Liveness();
        for (Keyed each : all.reversed()) {
            if (outputs.contains(each)) {
                liveness.readAll(each);
            }
            liveness.readInputs(each);
        }
        return liveness;
    }

    /// The groups of an aggregate that are read, if they are few enough for it to pay.
    Optional<BitSet> groups(Keyed keyed) {
        BitSet read = some.get(keyed);
        return read != null && keyed.keys().rows() > FEW && read.cardinality() < keyed.keys().rows() * 3L / 4
                ? Optional.of(read)
                : Optional.empty();
    }

    private final Map<Keyed, Boolean> whole = new HashMap<>();

    private void readAll(Keyed keyed) {
        whole.put(keyed, true);
        some.remove(keyed);
    }

    private void readInputs(Keyed keyed) {
        boolean all = whole.containsKey(keyed);
        BitSet rows = all ? new BitSet() : some.computeIfAbsent(keyed, _ -> new BitSet());
        if (!all && rows.cardinality() == keyed.keys().rows()) {
            readAll(keyed);
            all = true;
        }
        for (int index = 0; index < keyed.inputs().size(); index++) {
            Keyed input = keyed.inputs().get(index);
            if (whole.containsKey(input)) {
                continue;
            }
            RowMap map = keyed.maps().get(index);
            if (map instanceof RowMap.Identity && all && !(keyed.expression() instanceof Aggregate)) {
                readAll(input);
                continue;
            }
            BitSet read = some.computeIfAbsent(input, _ -> new BitSet());
            if (keyed.expression() instanceof Aggregate) {
                Groups groups = keyed.groups().orElseThrow();
                for (int group = 0; group < groups.count(); group++) {
                    if (all || rows.get(group)) {
                        for (int at = groups.starts().get(group); at < groups.starts().get(group + 1L); at++) {
                            read.set(map.at(at));
                        }
                    }
                }
            } else {
                int count = keyed.keys().rows();
                for (int row = 0; row < count; row++) {
                    if ((all || rows.get(row)) && map.at(row) != RowMap.ABSENT) {
                        read.set(map.at(row));
                    }
                }
            }
        }
    }
}
