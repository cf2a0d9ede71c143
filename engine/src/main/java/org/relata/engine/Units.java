package org.relata.engine;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.engine.kernel.Schedule;
import org.relata.engine.plan.Plan;
import org.relata.engine.plan.UnitTimes;
import org.relata.engine.run.RegionRunner;

/// The units of a plan, run again and again: each when what it depends on is not as it was, or when what it left is
/// needed and others have taken its place.
final class Units {
    private final List<Running> all;

    /// A unit, and how it was run last.
    private static final class Running {
        private final Plan.Unit unit;
        private final RegionRunner.Prepared prepared;
        private final UnitTimes times = new UnitTimes();
        /// The versions of relations with which it was run last.
        private Map<String, Long> done = Map.of();

        private boolean complete;

        Running(Plan.Unit unit, RegionRunner.Prepared prepared) {
            this.unit = unit;
            this.prepared = prepared;
        }

        private Map<String, Long> versions(Map<String, Bound> bound) {
            Map<String, Long> versions = new HashMap<>();
            unit.relations()
                    .forEach(name ->
                            versions.put(name, requireNonNull(bound.get(name)).version()));
            return versions;
        }

        boolean isDue(Map<String, Bound> bound) {
            return !complete || unit.varies() || !versions(bound).equals(done);
        }

        void run(RegionRunner<?> regions, Map<String, Bound> bound, Settings settings) {
            complete = false;
            long start = System.nanoTime();
            regions.run(prepared, settings);
            times.add(System.nanoTime() - start);
            done = versions(bound);
            complete = true;
        }
    }

    Units(List<Plan.Unit> units, RegionRunner<?> regions) {
        this.all = units.stream()
                .map(unit -> new Running(unit, regions.prepare(unit.region())))
                .toList();
    }

    /// In which order each does its steps.
    List<Schedule> schedules() {
        return all.stream().map(each -> each.prepared.schedule()).toList();
    }

    /// How long each took.
    List<UnitTimes> times() {
        return all.stream().map(each -> each.times).toList();
    }

    /// Runs those that are due.
    void run(RegionRunner<?> regions, Map<String, Bound> bound, Settings settings) {
        boolean[] due = new boolean[all.size()];
        for (int number = all.size() - 1; number >= 0; number--) {
            due[number] |= all.get(number).isDue(bound);
            if (due[number]) {
                all.get(number).unit.passing().forEach(earlier -> due[earlier] = true);
            }
        }
        for (int number = 0; number < due.length; number++) {
            if (due[number]) {
                all.get(number).run(regions, bound, settings);
            }
        }
    }
}
