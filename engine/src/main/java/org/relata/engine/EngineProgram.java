package org.relata.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;
import org.relata.algebra.Constant;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.engine.keys.KeySet;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Values;
import org.relata.engine.plan.KeyPhase;
import org.relata.engine.plan.Keyed;
import org.relata.engine.plan.Loading;
import org.relata.engine.plan.Plan;
import org.relata.engine.plan.PlanText;
import org.relata.engine.plan.Planner;
import org.relata.engine.plan.RowMaps;
import org.relata.engine.plan.UnitTimes;

/// A program in the engine: planned when keys are new, run on values as they are.
final class EngineProgram implements Program {
    private final EngineRunner runner;
    private final SequencedMap<String, RelExpr> outputs = new LinkedHashMap<>();
    private final List<RelExpr> order;
    private final Set<String> scanned = new HashSet<>();
    private @Nullable Planned planned;
    private final Set<String> present = new HashSet<>();

    /// A plan, and for what keys it was made.
    private static final class Planned {
        private final Map<String, KeySet> keys;
        private final Plan plan;
        private final Memory.Scope scope;
        /// The versions of relations with which each unit was run last.
        private final Map<Plan.Unit, Map<String, Long>> done = new HashMap<>();
        private final Map<Plan.Unit, UnitTimes> times = new HashMap<>();

        Planned(Map<String, KeySet> keys, Plan plan, Memory.Scope scope) {
            this.keys = keys;
            this.plan = plan;
            this.scope = scope;
        }
    }

    EngineProgram(EngineRunner runner, Map<String, RelExpr> outputs) {
        this.runner = runner;
        Sharing sharing = new Sharing();
        outputs.forEach((name, expression) -> this.outputs.put(name, sharing.share(expression)));
        this.order = Sharing.sorted(this.outputs.values().toArray(RelExpr[]::new));
        order.forEach(each -> {
            if (each instanceof Scan scan) {
                scanned.add(scan.relation());
            }
        });
    }

    @Override
    public void run(Settings settings) {
        Map<String, EngineRunner.Bound> bound = new TreeMap<>();
        scanned.forEach(name -> bound.put(name, runner.visible(name)));
        Planned now = plannedFor(bound);
        bound.forEach(
                (name, relation) -> requireNonNull(now.plan.scans().get(name)).put(relation.values()));
        for (Plan.Unit unit : now.plan.units()) {
            Map<String, Long> versions = new HashMap<>();
            unit.relations()
                    .forEach(name ->
                            versions.put(name, requireNonNull(bound.get(name)).version()));
            if (unit.varies() || !versions.equals(now.done.get(unit))) {
                now.done.remove(unit);
                long start = System.nanoTime();
                runner.regions().run(unit.region(), settings);
                now.times.computeIfAbsent(unit, _ -> new UnitTimes()).add(System.nanoTime() - start);
                now.done.put(unit, versions);
            }
        }
        present.addAll(outputs.keySet());
    }

    private Planned plannedFor(Map<String, EngineRunner.Bound> bound) {
        Planned before = planned;
        if (before != null && fits(before, bound)) {
            return before;
        }
        planned = null;
        if (before != null) {
            before.scope.close();
        }
        Planned now = plan(bound);
        planned = now;
        return now;
    }

    private static boolean fits(Planned planned, Map<String, EngineRunner.Bound> bound) {
        return bound.entrySet().stream()
                .allMatch(each -> each.getValue().keys().equals(planned.keys.get(each.getKey())));
    }

    private Planned plan(Map<String, EngineRunner.Bound> bound) {
        Memory.Scope scope = runner.memory().scope();
        try {
            Map<Scan, KeySet> scans = new HashMap<>();
            Map<Constant, KeySet> constants = new HashMap<>();
            for (RelExpr each : order) {
                if (each instanceof Scan scan) {
                    EngineRunner.Bound data = requireNonNull(bound.get(scan.relation()));
                    KeyPhase.check(scan, data.keys().attributes(), data.shape());
                    scans.put(scan, data.keys());
                } else if (each instanceof Constant constant) {
                    constants.put(constant, Loading.keys(constant.relation(), runner.strings(), scope));
                }
            }
            RowMaps maps = new RowMaps(scope);
            KeyPhase phase = new KeyPhase(scans, constants, runner.strings(), maps, scope);
            List<Keyed> keyed = new ArrayList<>();
            Map<RelExpr, Keyed> by = new IdentityHashMap<>();
            for (RelExpr each : order) {
                Keyed one = phase.add(each);
                keyed.add(one);
                by.put(each, one);
            }
            Map<String, Keyed> named = new LinkedHashMap<>();
            outputs.forEach((name, expression) -> named.put(name, requireNonNull(by.get(expression))));
            Map<String, Values> values = new HashMap<>();
            Map<String, KeySet> keys = new HashMap<>();
            bound.forEach((name, relation) -> {
                values.put(name, relation.values());
                keys.put(name, relation.keys());
            });
            Plan plan = new Planner(runner.options().precision(), runner.strings(), maps, scope).plan(keyed, named, values);
            return new Planned(keys, plan, scope);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private Plan.Output result(String name) {
        Planned now = planned;
        Optional<Plan.Output> output = now == null || !present.contains(name)
                ? Optional.empty()
                : Optional.ofNullable(now.plan.outputs().get(name));
        return output.orElseThrow(() -> new AlgebraException(
                "output.missing", "output " + name, "the program has not computed it", "run it first"));
    }

    @Override
    public Relation output(String name) {
        Plan.Output output = result(name);
        return Loading.relation(
                output.keyed().keys(),
                output.slot().values(),
                output.keyed().expression().type().shape(),
                runner.strings());
    }

    @Override
    public void keep(String output, String relation) {
        Plan.Output result = result(output);
        runner.keep(
                relation,
                result.keyed().keys(),
                result.keyed().expression().type().shape(),
                result.slot().values());
        present.remove(output);
    }

    @Override
    public String explain() {
        Planned now = planned;
        return now == null ? "planned when it is run first\n" : PlanText.of(now.plan, now.times);
    }

    @Override
    public void close() {
        if (planned != null) {
            if (Boolean.getBoolean("relata.profile")) {
                System.err.println(explain());
            }
            planned.scope.close();
            planned = null;
        }
    }
}
