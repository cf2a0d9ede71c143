package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Use;
import org.relata.engine.memory.Values;

/// Where the results of regions stand. Those of which one is read for the last time before another is written stand in
/// the same place, and what is read here and there comes into memory first.
final class Storage {
    private final List<Area> areas = new ArrayList<>();
    private final Map<Keyed, Area> places = new HashMap<>();

    /// The results of an operator, and when they are needed.
    ///
    /// @param from the number of the region that writes them
    /// @param to the number of the last one that reads them
    /// @param scattered whether it reads them here and there
    /// @param shares whether others may take their place then
    record Tenant(Keyed keyed, long bytes, int from, int to, boolean scattered, boolean shares) {}

    /// A piece of memory that tenants have one after the other.
    private static final class Area {
        private long bytes;
        private int until;
        private boolean scattered;
        private boolean shares;
        private int tenants;

        void take(Tenant tenant) {
            bytes = Math.max(bytes, tenant.bytes);
            until = tenant.to;
            scattered |= tenant.scattered;
            shares = tenant.shares;
            tenants++;
        }
    }

    /// Where results stand: what is asked for stays, and so does what is computed once if anything reads it again and
    /// again.
    ///
    /// @param order regions as they are run
    /// @param needed operators whose results are written
    /// @param asked those that are asked for
    /// @param stored the operator whose results stand for those of another
    static Storage of(
            List<Draft> order,
            Set<Keyed> needed,
            Set<Keyed> asked,
            Map<Keyed, Dependence> dependences,
            UnaryOperator<Keyed> stored,
            Precision precision) {
        Set<Keyed> staying = new HashSet<>(asked);
        Set<Keyed> scattered = new HashSet<>();
        Map<Keyed, Integer> last = new HashMap<>();
        for (int number = 0; number < order.size(); number++) {
            Draft draft = order.get(number);
            for (Keyed keyed : draft.loaded()) {
                Keyed read = stored.apply(keyed);
                last.put(read, number);
                if (draft.dependence().changes()
                        && !requireNonNull(dependences.get(read)).changes()) {
                    staying.add(read);
                }
                if (draft.scattered().contains(keyed)) {
                    scattered.add(read);
                }
            }
        }
        List<Tenant> tenants = new ArrayList<>();
        for (int number = 0; number < order.size(); number++) {
            for (Draft.Ending ending : order.get(number).endings()) {
                Keyed keyed = ending.keyed();
                if (needed.contains(keyed)) {
                    long bytes = Values.bytes(precision, keyed.keys().rows(), keyed.width());
                    int until = last.getOrDefault(keyed, number);
                    tenants.add(new Tenant(
                            keyed, bytes, number, until, scattered.contains(keyed), !staying.contains(keyed)));
                }
            }
        }
        return new Storage(tenants);
    }

    /// @param tenants in the order in which they are written
    Storage(List<Tenant> tenants) {
        for (Tenant tenant : tenants) {
            Area area = free(tenant).orElseGet(() -> {
                areas.add(new Area());
                return areas.getLast();
            });
            area.take(tenant);
            places.put(tenant.keyed, area);
        }
    }

    /// The place that fits best among those that are free by then.
    private Optional<Area> free(Tenant tenant) {
        return tenant.shares
                ? areas.stream()
                        .filter(area -> area.shares && area.until < tenant.from)
                        .min(Comparator.comparingLong(area -> Math.abs(area.bytes - tenant.bytes)))
                : Optional.empty();
    }

    /// How much memory that takes.
    long bytes() {
        return areas.stream().mapToLong(area -> area.bytes).sum();
    }

    /// Whether others stand in an operator's place before or after it.
    boolean isShared(Keyed keyed) {
        Area area = places.get(keyed);
        return area != null && area.tenants > 1;
    }

    /// Room for the values of all tenants.
    Map<Keyed, Values> allocate(Precision precision, Memory.Scope scope) {
        Map<Area, MemorySegment> made = new HashMap<>();
        areas.stream()
                .sorted(Comparator.comparing((Area area) -> !area.scattered).thenComparingLong(area -> area.bytes))
                .forEach(area -> made.put(area, scope.allocateUnset(area.bytes, Use.SCATTERED)));
        Map<Keyed, Values> values = new HashMap<>();
        places.forEach((keyed, area) -> {
            int rows = keyed.keys().rows();
            values.put(
                    keyed,
                    new Values(
                            requireNonNull(made.get(area)).asSlice(0, Values.bytes(precision, rows, keyed.width())),
                            precision,
                            rows,
                            keyed.width()));
        });
        return values;
    }
}
