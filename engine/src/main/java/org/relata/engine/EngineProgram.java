package org.relata.engine;

import static java.util.Objects.requireNonNull;

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
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relata.algebra.Constant;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.RowReader;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Seal;
import org.relata.engine.memory.Values;
import org.relata.engine.plan.Changes;
import org.relata.engine.plan.KeyPhase;
import org.relata.engine.plan.Keyed;
import org.relata.engine.plan.Loading;
import org.relata.engine.plan.Plan;
import org.relata.engine.plan.PlanText;
import org.relata.engine.plan.Planner;
import org.relata.engine.plan.RowMaps;
import org.relata.engine.plan.SumsOfTransposed;
import org.relata.engine.plan.Update;
import org.relata.engine.plan.Windows;
import org.relata.engine.run.RegionRunner;

/// A program in the engine: planned when keys are new, run on values as they are.
final class EngineProgram implements Program {
    private final EngineRunner runner;
    private final SequencedMap<String, RelExpr> outputs = new LinkedHashMap<>();
    private final Map<String, Update> updates = new LinkedHashMap<>();
    private final Set<String> scanned = new HashSet<>();
    private @Nullable Planned planned;
    private final Set<String> present = new HashSet<>();
    /// Outputs that were taken out because what they are worked out from changes.
    private final Map<String, Relation> settled = new HashMap<>();

    private Settings settings = Settings.NONE;

    /// A plan, and for what keys it was made.
    private static final class Planned {
        private final Map<String, KeySet> keys;
        private final Set<String> changed;
        private final Plan plan;
        private final Memory.Scope scope;
        private final Units units;

        Planned(Map<String, KeySet> keys, Set<String> changed, Plan plan, Memory.Scope scope, RegionRunner<?> regions) {
            this.keys = keys;
            this.changed = Set.copyOf(changed);
            this.plan = plan;
            this.scope = scope;
            this.units = new Units(plan.units(), regions);
        }
    }

    EngineProgram(EngineRunner runner, Map<String, RelExpr> outputs) {
        this.runner = runner;
        Sharing sharing = new Sharing();
        Map<String, RelExpr> shared = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> shared.put(name, sharing.share(expression)));
        SumsOfTransposed.apply(shared).forEach((name, expression) -> this.outputs.put(name, sharing.share(expression)));
        List<RelExpr> all = Sharing.sorted(this.outputs.values().toArray(RelExpr[]::new));
        Set<RelExpr> inner = Collections.newSetFromMap(new IdentityHashMap<>());
        all.forEach(each -> {
            inner.addAll(each.inputs());
            if (each instanceof Scan scan) {
                scanned.add(scan.relation());
            }
        });
        this.outputs.forEach((name, expression) -> {
            if (!inner.contains(expression)) {
                Update.of(expression).ifPresent(update -> updates.put(name, update));
            }
        });
    }

    @Override
    public void run(Settings now) {
        run(now, Set.of());
    }

    @Override
    public void run(Settings now, Map<String, String> kept) {
        run(now, changed(kept));
        kept.forEach(this::keep);
    }

    /// Which outputs become the new value of what they are a change of, and of what nothing else is.
    private Set<String> changed(Map<String, String> kept) {
        Set<String> bases = new HashSet<>();
        Set<String> twice = new HashSet<>();
        updates.values().stream().map(update -> update.base().relation()).forEach(base -> {
            if (!bases.add(base)) {
                twice.add(base);
            }
        });
        Set<String> changed = new HashSet<>();
        updates.forEach((name, update) -> {
            String base = update.base().relation();
            if (base.equals(kept.get(name)) && !twice.contains(base)) {
                changed.add(name);
            }
        });
        return changed;
    }

    /// @param changed outputs that become the new value of what they are a change of
    private void run(Settings now, Set<String> changed) {
        settings = now;
        settled.clear();
        Map<String, Bound> bound = visible();
        bound.values().forEach(each -> each.seals().forEach(Seal::check));
        Planned current = plannedFor(bound, changed);
        current.plan
                .scans()
                .forEach(
                        (name, slot) -> slot.put(requireNonNull(bound.get(name)).values()));
        current.units.run(runner.regions(), bound, now);
        present.addAll(outputs.keySet());
    }

    private Map<String, Bound> visible() {
        Map<String, Bound> bound = new TreeMap<>();
        scanned.forEach(name -> bound.put(name, runner.visible(name)));
        return bound;
    }

    @Override
    public Optional<String> forecast() {
        // Outputs that are named like relations will be kept as these.
        Map<String, String> kept = new HashMap<>();
        updates.keySet().forEach(name -> kept.put(name, name));
        return Optional.of(plannedFor(visible(), changed(kept))
                .plan
                .forecast()
                .text(runner.memory().budget()));
    }

    private Planned plannedFor(Map<String, Bound> bound, Set<String> changed) {
        Planned before = planned;
        if (before != null && before.changed.equals(changed) && fits(before, bound)) {
            return before;
        }
        planned = null;
        if (before != null) {
            before.scope.close();
        }
        Planned now = plan(bound, updates, changed)
                .or(() -> plan(bound, Map.of(), changed))
                .orElseThrow();
        planned = now;
        return now;
    }

    private static boolean fits(Planned planned, Map<String, Bound> bound) {
        return bound.entrySet().stream()
                // The very same ones: other keys may stand where they stood.
                .allMatch(each -> each.getValue().keys() == planned.keys.get(each.getKey()));
    }

    /// Plans; nothing if an update is none for these keys.
    ///
    /// @param inPlace outputs that are worked out where they stand
    /// @param changed which of them may be so while they are computed
    private Optional<Planned> plan(Map<String, Bound> bound, Map<String, Update> inPlace, Set<String> changed) {
        if (inPlace.values().stream()
                .anyMatch(update -> runner.isRestricted(update.base().relation()))) {
            return Optional.empty();
        }
        Memory.Scope scope = runner.memory().scope();
        try {
            Map<String, RelExpr> wanted = new LinkedHashMap<>(outputs);
            inPlace.forEach((name, update) -> {
                wanted.remove(name);
                for (int part = 0; part < update.parts().size(); part++) {
                    wanted.put(Plan.part(name, part), update.parts().get(part).expression());
                }
            });
            List<RelExpr> order = Sharing.sorted(wanted.values().toArray(RelExpr[]::new));
            Map<Scan, KeySet> scans = new HashMap<>();
            Map<Constant, KeySet> constants = new HashMap<>();
            for (RelExpr each : order) {
                if (each instanceof Scan scan) {
                    Bound data = requireNonNull(bound.get(scan.relation()));
                    KeyPhase.check(scan, data.keys().attributes(), data.shape());
                    scans.put(scan, data.keys());
                } else if (each instanceof Constant constant) {
                    constants.put(constant, Loading.keys(constant.relation(), runner.strings(), scope));
                }
            }
            RowMaps maps = new RowMaps(scope);
            KeyPhase phase = new KeyPhase(scans, constants, runner.strings(), maps, scope);
            Map<String, Values> values = new HashMap<>();
            Map<String, KeySet> keys = new HashMap<>();
            bound.forEach((name, relation) -> {
                values.put(name, relation.values());
                keys.put(name, relation.keys());
            });
            order.forEach(phase::add);
            Windows windows = new Windows(
                    maps, runner.options().precision(), values, runner.memory().budget());
            Map<String, RelExpr> cut = phase.replaced(wanted, windows::cut);
            List<Keyed> keyed = Sharing.sorted(cut.values().toArray(RelExpr[]::new)).stream()
                    .map(phase::keyed)
                    .toList();
            Map<String, Keyed> named = new LinkedHashMap<>();
            cut.forEach((name, expression) -> named.put(name, phase.keyed(expression)));
            Optional<Map<String, List<Plan.Part>>> parts = parts(inPlace, named, keys, scope);
            if (parts.isEmpty()) {
                scope.close();
                return Optional.empty();
            }
            List<Plan.Part> adding = new ArrayList<>();
            parts.get().forEach((name, each) -> {
                if (changed.contains(name)) {
                    adding.addAll(each);
                }
            });
            Planner.Planned plan = new Planner(runner.options().precision(), runner.strings(), maps, scope)
                    .plan(keyed, named, values, windows.made(), adding);
            Plan whole = plan.plan().updating(inPlace, parts.get(), plan.added());
            return Optional.of(new Planned(keys, changed, whole, scope, runner.regions()));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /// The parts of updates; nothing if one has a key that its relation lacks.
    private Optional<Map<String, List<Plan.Part>>> parts(
            Map<String, Update> inPlace, Map<String, Keyed> named, Map<String, KeySet> keys, Memory.Scope scope) {
        Map<String, List<Plan.Part>> all = new LinkedHashMap<>();
        for (Map.Entry<String, Update> each : inPlace.entrySet()) {
            String relation = each.getValue().base().relation();
            List<Plan.Part> parts = new ArrayList<>();
            for (Update.Part part : each.getValue().parts()) {
                Keyed keyed = requireNonNull(named.get(Plan.part(each.getKey(), parts.size())));
                Optional<RowMap> to =
                        Changes.rows(keyed.keys(), requireNonNull(keys.get(relation)), runner.strings(), scope);
                if (to.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(new Plan.Part(keyed, part, relation, to.get()));
            }
            all.put(each.getKey(), parts);
        }
        return Optional.of(all);
    }

    private Planned computed(String name) {
        Planned now = planned;
        if (now == null || !present.contains(name)) {
            throw new AlgebraException(
                    "output.missing", "output " + name, "the program has not computed it", "run it first");
        }
        return now;
    }

    private Shape shape(String name) {
        return requireNonNull(outputs.get(name)).type().shape();
    }

    /// Takes out what the last run computed and would not be the same once a relation has changed.
    ///
    /// @param keysStay whether only values change
    void settle(String relation, boolean keysStay) {
        Planned now = planned;
        if (now == null || !scanned.contains(relation)) {
            return;
        }
        for (String name : List.copyOf(present)) {
            Changes changes = now.plan.changes().get(name);
            if (!keysStay
                    || changes != null && changes.update().base().relation().equals(relation)) {
                settled.put(name, output(name));
            }
        }
    }

    /// Forgets what the last run computed from a relation that is given anew.
    void forget(String relation) {
        if (scanned.contains(relation)) {
            present.removeIf(name -> !settled.containsKey(name));
        }
    }

    @Override
    public Relation output(String name) {
        Plan plan = computed(name).plan;
        Relation before = settled.get(name);
        if (before != null) {
            return before;
        }
        Changes changes = plan.changes().get(name);
        if (changes == null) {
            Plan.Output output = requireNonNull(plan.outputs().get(name));
            return Loading.relation(output.keyed().keys(), output.slot().values(), shape(name), runner.strings());
        }
        try (Memory.Scope passing = runner.memory().scope()) {
            Bound base = runner.bound(changes.update().base().relation());
            Values values = runner.changed(changes, settings, passing);
            return Loading.relation(base.keys(), values, shape(name), runner.strings());
        }
    }

    @Override
    public <T> T look(String name, Function<RowReader, T> look) {
        Plan.Output output = computed(name).plan.outputs().get(name);
        return output == null || settled.containsKey(name)
                ? Program.super.look(name, look)
                : look.apply(new Rows(output.keyed().keys(), output.slot().values()));
    }

    @Override
    public void keep(String output, String relation) {
        Plan plan = computed(output).plan;
        present.remove(output);
        Relation before = settled.remove(output);
        Changes changes = plan.changes().get(output);
        if (before != null) {
            runner.replace(relation, before);
        } else if (changes == null) {
            Plan.Output result = requireNonNull(plan.outputs().get(output));
            runner.keep(
                    relation,
                    result.keyed().keys(),
                    shape(output),
                    result.slot().values());
        } else if (changes.update().base().relation().equals(relation)) {
            runner.change(changes, settings);
        } else {
            try (Memory.Scope passing = runner.memory().scope()) {
                KeySet keys = runner.bound(changes.update().base().relation()).keys();
                runner.keep(relation, keys, shape(output), runner.changed(changes, settings, passing));
            }
        }
    }

    @Override
    public String explain() {
        Planned now = planned;
        return now == null
                ? "planned when it is run first\n"
                : PlanText.of(now.plan, now.units.schedules(), now.units.times()) + runner.limits() + "\n"
                        + runner.memory() + "\n";
    }

    @Override
    public void close() {
        runner.closed(this);
        if (planned != null) {
            planned.scope.close();
            planned = null;
        }
    }
}
