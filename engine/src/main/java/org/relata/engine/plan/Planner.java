package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.RowMap;
import org.relata.engine.keys.Strings;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Slot;
import org.relata.engine.memory.Values;
import org.relata.engine.run.Region;

/// Cuts a program into regions.
///
/// Operators that keep their values are put into one region if they go over the same number of rows, read something
/// alike, and nothing stands between them that must be complete first. What only the region itself reads, row by row,
/// is
/// never written to memory.
public final class Planner {
    /// Numbers a row of a region's registers: beyond it, blocks would have few rows.
    private static final int MOST_NUMBERS = 4096;

    /// Regions of fewer rows gain nothing by company, and others would have to wait for it.
    private static final int FEW = 16;

    private final Precision precision;
    private final Strings strings;
    private final Memory.Scope scope;
    private final RowMaps maps;
    private final Map<String, Slot> scans = new HashMap<>();
    private final Map<Keyed, Slot> slots = new HashMap<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<Keyed, Draft> producers = new HashMap<>();
    private final Map<Keyed, Dependence> dependences = new HashMap<>();
    private final Folding folding;

    /// @param maps that operators were keyed with
    /// @param scope owns the values of all regions
    public Planner(Precision precision, Strings strings, RowMaps maps, Memory.Scope scope) {
        this.precision = precision;
        this.strings = strings;
        this.scope = scope;
        this.maps = maps;
        this.folding = new Folding(scope);
    }

    /// Plans.
    ///
    /// @param all operators, inputs first
    /// @param outputs those that are asked for, by name
    /// @param bound values of relations, by name
    /// @param windows operators that are to keep their values in memory
    /// @param parts outputs that are only wanted to be added to relations
    /// @return the plan, and which of these its regions add
    public Planned plan(
            List<Keyed> all,
            Map<String, Keyed> outputs,
            Map<String, Values> bound,
            Set<RelExpr> windows,
            List<Plan.Part> parts) {
        Set<Keyed> kept = Fusion.kept(all, new HashSet<>(outputs.values()), precision, scope.room());
        all.stream().filter(each -> windows.contains(each.expression())).forEach(kept::add);
        Liveness liveness = new Liveness(all, new HashSet<>(outputs.values()));
        for (Keyed each : all) {
            dependences.put(each, Dependence.of(each, dependences));
            switch (each.expression()) {
                case Scan scan ->
                    slots.put(
                            each,
                            scans.computeIfAbsent(scan.relation(), name -> new Slot(requireNonNull(bound.get(name)))));
                case Constant constant ->
                    slots.put(each, new Slot(Loading.values(constant.relation(), precision, scope)));
                case Select _, Join _, Aggregate _, Add _ -> {
                    Optional<Slot> same = kept.contains(each) ? passedOn(each) : Optional.empty();
                    if (same.isPresent()) {
                        slots.put(each, same.get());
                        producers.put(
                                each, requireNonNull(producers.get(each.inputs().get(passed(each)))));
                    } else if (kept.contains(each)) {
                        if (isCount(each)) {
                            slots.put(each, new Slot(count(each)));
                        } else {
                            each.groups()
                                    .ifPresent(groups -> folding.add(
                                            each,
                                            liveness.groups(each)
                                                    .map(read -> groups.only(read, scope))
                                                    .orElse(groups)));
                            place(each);
                        }
                    }
                }
            }
        }
        Set<Keyed> needed = new HashSet<>();
        outputs.values().forEach(keyed -> needed.add(stored(keyed)));
        drafts.forEach(draft -> draft.loaded().forEach(keyed -> needed.add(stored(keyed))));
        Set<Keyed> asked = new HashSet<>();
        outputs.values().forEach(keyed -> asked.add(stored(keyed)));
        Map<Keyed, Plan.Part> added = new Adding(drafts, producers, folding, scans)
                .chosen(
                        parts.stream()
                                .filter(part -> outputs.values().stream()
                                        .noneMatch(output -> slots.get(output) == scans.get(part.relation())))
                                .map(part ->
                                        new Plan.Part(stored(part.keyed()), part.part(), part.relation(), part.to()))
                                .toList(),
                        alone(outputs));
        needed.removeAll(added.keySet());
        asked.removeAll(added.keySet());
        List<Draft> order = ordered();
        Storage storage = Storage.of(order, needed, asked, dependences, this::stored, precision);
        scope.foresee(storage.bytes(), "the values of " + String.join(", ", outputs.keySet()));
        long before = scope.everywhere();
        Map<Keyed, Values> values = storage.allocate(precision, scope);
        Plan.Forecast forecast = new Plan.Forecast(before, storage.bytes(), scope.inFiles());
        List<Plan.Unit> units = new ArrayList<>();
        order.forEach(draft -> units.add(unit(draft, needed, values, added, passing(draft, order, storage))));
        Map<String, Plan.Output> results = new LinkedHashMap<>();
        outputs.forEach((name, keyed) -> results.put(name, new Plan.Output(keyed, requireNonNull(slots.get(keyed)))));
        return new Planned(
                new Plan(units, scans, results, Map.of(), forecast),
                parts.stream()
                        .map(Plan.Part::keyed)
                        .filter(keyed -> added.containsKey(stored(keyed)))
                        .collect(Collectors.toSet()));
    }

    /// A plan.
    ///
    /// @param added parts that its regions add to relations
    public record Planned(Plan plan, Set<Keyed> added) {
        /// Copies.
        public Planned {
            added = Set.copyOf(added);
        }
    }

    /// Operators whose values are those of one output, and are read by nothing else.
    private Set<Keyed> alone(Map<String, Keyed> outputs) {
        Set<Keyed> read = new HashSet<>();
        drafts.forEach(draft -> draft.loaded().forEach(keyed -> read.add(stored(keyed))));
        Set<Keyed> alone = new HashSet<>();
        for (Keyed each : outputs.values()) {
            if (read.add(stored(each))) {
                alone.add(stored(each));
            } else {
                alone.remove(stored(each));
            }
        }
        return alone;
    }

    /// Earlier regions whose results a region reads, and that do not stay.
    private Set<Integer> passing(Draft draft, List<Draft> order, Storage storage) {
        Set<Integer> passing = new TreeSet<>();
        for (Keyed keyed : draft.loaded()) {
            Keyed stored = stored(keyed);
            Draft producer = producers.get(stored);
            if (producer != null && producer != draft && storage.isShared(stored)) {
                passing.add(order.indexOf(producer));
            }
        }
        return passing;
    }

    /// Where the values stand that an operator passes on as they are.
    private Optional<Slot> passedOn(Keyed keyed) {
        int index = passed(keyed);
        return index >= 0
                        && keyed.maps().get(index) instanceof RowMap.Identity
                        && producers.containsKey(keyed.inputs().get(index))
                ? Optional.ofNullable(slots.get(keyed.inputs().get(index)))
                : Optional.empty();
    }

    /// The operator whose values stand for those of another.
    private Keyed stored(Keyed keyed) {
        Keyed stored = keyed;
        while (passed(stored) >= 0
                && slots.get(stored) != null
                && slots.get(stored) == slots.get(stored.inputs().get(passed(stored)))) {
            stored = stored.inputs().get(passed(stored));
        }
        return stored;
    }

    /// Which input an operator passes on; negative if it computes.
    static int passed(Keyed keyed) {
        return switch (keyed.expression()) {
            case Select select -> select.kernel() instanceof Leaf.Argument argument ? argument.index() : -1;
            case Join join -> join.kernel() instanceof Leaf.Argument argument ? argument.index() : -1;
            case Scan _, Constant _, Aggregate _, Add _ -> -1;
        };
    }

    private static boolean isCount(Keyed keyed) {
        return keyed.expression() instanceof Aggregate aggregate && aggregate.aggregator() == Aggregator.COUNT;
    }

    /// Keys alone tell how many there are.
    private Values count(Keyed keyed) {
        Values values = Values.of(scope, precision, keyed.keys().rows(), 1);
        Groups groups = keyed.groups().orElseThrow();
        for (int group = 0; group < groups.count(); group++) {
            values.set(group, 0, groups.size(group));
        }
        return values;
    }

    /// Adds an operator to the region that shares most with it, or to a new one.
    private void place(Keyed keyed) {
        Optional<Groups> groups = folding.groups(keyed);
        int rows = groups.map(Groups::rows).orElse(keyed.keys().rows());
        Set<Reading> readings = new LinkedHashSet<>();
        if (groups.isPresent()) {
            collect(keyed.inputs().getFirst(), folding.order(keyed), rows, readings);
        } else {
            collectInputs(keyed, new RowMap.Identity(), rows, readings);
        }
        Draft draft = draft(keyed, rows, readings);
        draft.add(keyed);
        slots.put(keyed, new Slot(keyed.keys().rows(), keyed.width()));
        producers.put(keyed, draft);
    }

    private void collect(Keyed keyed, RowMap map, int rows, Set<Reading> readings) {
        if (slots.containsKey(keyed)) {
            readings.add(new Reading(keyed, map));
        } else {
            collectInputs(keyed, map, rows, readings);
        }
    }

    private void collectInputs(Keyed keyed, RowMap map, int rows, Set<Reading> readings) {
        for (int index = 0; index < keyed.inputs().size(); index++) {
            if (!readsValues(keyed, index)) {
                continue;
            }
            collect(keyed.inputs().get(index), maps.composed(map, keyed.maps().get(index), rows), rows, readings);
        }
    }

    /// Whether more than keys is read of an input.
    private static boolean readsValues(Keyed keyed, int input) {
        return switch (keyed.expression()) {
            case Select select -> reads(select.kernel(), input);
            case Join join -> reads(join.kernel(), input);
            case Scan _, Constant _, Aggregate _, Add _ -> true;
        };
    }

    private static boolean reads(Kernel kernel, int input) {
        return kernel.reads(leaf -> leaf instanceof Leaf.Argument argument && argument.index() == input);
    }

    private Draft draft(Keyed keyed, int rows, Set<Reading> readings) {
        Dependence dependence = requireNonNull(dependences.get(keyed));
        Draft best = null;
        long shared = 0;
        for (Draft each : drafts) {
            if (each.rows() == rows
                    && rows >= FEW
                    && each.dependence().moves(dependence)
                    && each.builder().numbers() <= MOST_NUMBERS) {
                long alike = readings.stream()
                        .filter(reading -> !(reading.map() instanceof RowMap.Single) && each.has(reading))
                        .count();
                if (alike > shared && canHold(each, readings, rows)) {
                    best = each;
                    shared = alike;
                }
            }
        }
        if (best == null) {
            best = new Draft(rows, dependence, slots, folding, strings, maps);
            drafts.add(best);
        }
        for (Reading reading : readings) {
            Draft producer = producers.get(reading.keyed());
            if (producer != null && producer != best) {
                best.before().add(producer);
            }
        }
        return best;
    }

    /// Whether all that is read can be complete, or at hand row by row, when a region reads it.
    private boolean canHold(Draft draft, Set<Reading> readings, int rows) {
        for (Reading reading : readings) {
            Draft producer = producers.get(reading.keyed());
            boolean fits = producer == null
                    || (producer == draft ? isInside(reading, producer, rows) : !producer.waitsFor(draft));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// Regions in an order in which each finds what it reads.
    private List<Draft> ordered() {
        Set<Draft> done = new LinkedHashSet<>();
        drafts.forEach(draft -> visit(draft, done));
        return new ArrayList<>(done);
    }

    private static void visit(Draft draft, Set<Draft> done) {
        if (!done.contains(draft)) {
            draft.before().forEach(each -> visit(each, done));
            done.add(draft);
        }
    }

    /// Whether the value is at hand, row by row, in the region that computes it.
    private static boolean isInside(Reading reading, Draft producer, int rows) {
        return reading.map() instanceof RowMap.Identity && producer.rows() == rows && producer.has(reading);
    }

    private Plan.Unit unit(
            Draft draft,
            Set<Keyed> needed,
            Map<Keyed, Values> places,
            Map<Keyed, Plan.Part> added,
            Set<Integer> passing) {
        List<Region.Sink> sinks = new ArrayList<>();
        List<Keyed> stored = new ArrayList<>();
        Set<String> relations = new HashSet<>();
        boolean varies = false;
        for (Draft.Ending ending : draft.endings()) {
            Keyed keyed = ending.keyed();
            Plan.Part part = added.get(keyed);
            if (part != null) {
                sinks.add(folding.change(ending, part, requireNonNull(scans.get(part.relation()))));
                // What was added the last time is to be added again.
                varies = true;
            } else if (needed.contains(keyed)) {
                Values values = requireNonNull(places.get(keyed));
                requireNonNull(slots.get(keyed)).put(values);
                sinks.add(folding.sink(ending, values));
            } else {
                continue;
            }
            stored.add(keyed);
            Dependence dependence = requireNonNull(dependences.get(keyed));
            relations.addAll(dependence.relations());
            varies |= dependence.varies();
        }
        Region region = new Region(
                draft.builder().code(sinks.stream().map(Region.Sink::register).toList()), draft.rows(), sinks);
        return new Plan.Unit(region, stored, relations, varies, passing);
    }
}
