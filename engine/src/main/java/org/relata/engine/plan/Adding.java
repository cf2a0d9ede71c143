package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.engine.keys.Groups;
import org.relata.engine.memory.Slot;

/// Finds sums that a region can add to a relation where it stands, instead of writing them out first: if nothing reads
/// the relation afterwards, and the region itself reads of it only the very row that a sum is added to, or nothing.
final class Adding {
    private final List<Draft> drafts;
    private final Map<Keyed, Draft> producers;
    private final Folding folding;
    private final Map<String, Slot> scans;
    private final Map<Keyed, Plan.Part> chosen = new HashMap<>();

    Adding(List<Draft> drafts, Map<Keyed, Draft> producers, Folding folding, Map<String, Slot> scans) {
        this.drafts = drafts;
        this.producers = producers;
        this.folding = folding;
        this.scans = scans;
    }

    /// The parts that regions add. Other regions that read such a relation are put before.
    ///
    /// @param alone whether an operator's values are those of one output, and nothing else
    Map<Keyed, Plan.Part> chosen(List<Plan.Part> parts, Set<Keyed> alone) {
        for (Plan.Part part : parts) {
            Keyed keyed = part.keyed();
            Slot base = scans.get(part.relation());
            if (base != null && Folding.isSum(keyed) && !folding.scatters(keyed) && alone.contains(keyed)) {
                folding.groups(keyed)
                        .filter(groups -> groups.count() == keyed.keys().rows())
                        .ifPresent(groups -> choose(part, requireNonNull(producers.get(keyed)), groups, base));
            }
        }
        return chosen;
    }

    private void choose(Plan.Part part, Draft draft, Groups groups, Slot base) {
        List<Draft> readers = drafts.stream()
                .filter(each -> each != draft && each.reads(base))
                .toList();
        if (readers.stream().anyMatch(each -> each.waitsFor(draft))) {
            return;
        }
        // Two sums of one region may go to one row at the same time, from different threads.
        boolean second = chosen.values().stream()
                .anyMatch(each ->
                        producers.get(each.keyed()) == draft && each.relation().equals(part.relation()));
        if (second || !draft.readsOnly(base, groups, part.to())) {
            return;
        }
        draft.before().addAll(readers);
        chosen.put(part.keyed(), part);
    }
}
