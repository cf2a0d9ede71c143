package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyScope;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.engine.kernel.CodeBuilder;
import org.relata.engine.kernel.Source;
import org.relata.engine.kernel.Step.Operand;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.PredicateCode;
import org.relata.engine.keys.RowMap;
import org.relata.engine.keys.Strings;
import org.relata.engine.keys.TermCode;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Slot;
import org.relata.engine.memory.Values;
import org.relata.engine.run.Region;

/// Cuts a program into regions and writes their code.
public final class Planner {
    private static final KeySet NOTHING = new KeySet(List.of(), List.of(), 1);

    private final Precision precision;
    private final Strings strings;
    private final Memory.Scope scope;
    private final Map<String, Slot> scans = new HashMap<>();
    private final Map<Keyed, Slot> slots = new HashMap<>();
    private final Map<Composition, RowMap> composed = new HashMap<>();
    private Set<Keyed> kept = Set.of();

    private record Composition(RowMap first, RowMap then, int count) {}

    private record Reading(Keyed keyed, RowMap map) {}

    /// @param scope owns the values of all regions
    public Planner(Precision precision, Strings strings, Memory.Scope scope) {
        this.precision = precision;
        this.strings = strings;
        this.scope = scope;
    }

    /// Plans.
    ///
    /// @param all operators, inputs first
    /// @param outputs those that are asked for, by name
    /// @param bound values of relations, by name
    public Plan plan(List<Keyed> all, Map<String, Keyed> outputs, Map<String, Values> bound) {
        kept = Fusion.kept(all, new HashSet<>(outputs.values()));
        Map<Keyed, Dependence> dependences = new HashMap<>();
        List<Plan.Unit> units = new ArrayList<>();
        for (Keyed each : all) {
            Dependence dependence = Dependence.of(each, dependences);
            dependences.put(each, dependence);
            switch (each.expression()) {
                case Scan scan ->
                    slots.put(
                            each,
                            scans.computeIfAbsent(scan.relation(), name -> new Slot(requireNonNull(bound.get(name)))));
                case Constant constant ->
                    slots.put(each, new Slot(Loading.values(constant.relation(), precision, scope)));
                case Select _, Join _, Aggregate _, Add _ -> {
                    if (kept.contains(each)) {
                        Values values = Values.of(scope, precision, each.keys().rows(), each.width());
                        slots.put(each, new Slot(values));
                        if (isCount(each)) {
                            count(each, values);
                        } else {
                            units.add(new Plan.Unit(
                                    region(each, values), each, dependence.relations(), dependence.varies()));
                        }
                    }
                }
            }
        }
        Map<String, Plan.Output> results = new LinkedHashMap<>();
        outputs.forEach((name, keyed) -> results.put(name, new Plan.Output(keyed, requireNonNull(slots.get(keyed)))));
        return new Plan(units, scans, results);
    }

    private static boolean isCount(Keyed keyed) {
        return keyed.expression() instanceof Aggregate aggregate && aggregate.aggregator() == Aggregator.COUNT;
    }

    /// Keys alone tell how many there are.
    private static void count(Keyed keyed, Values values) {
        Groups groups = keyed.groups().orElseThrow();
        for (int group = 0; group < groups.count(); group++) {
            values.set(group, 0, groups.size(group));
        }
    }

    private Region region(Keyed keyed, Values target) {
        Writing writing = new Writing();
        if (keyed.expression() instanceof Aggregate aggregate) {
            Groups groups = keyed.groups().orElseThrow();
            Keyed input = keyed.inputs().getFirst();
            writing.rows = groups.rows();
            Operand value = writing.read(input, groups.order());
            return new Region(
                    writing.builder.code(value, input.width()),
                    groups.rows(),
                    new Region.Sink.Fold(aggregate.aggregator(), groups),
                    target);
        }
        writing.rows = keyed.keys().rows();
        Operand value = writing.compute(keyed, new RowMap.Identity());
        return new Region(writing.builder.code(value, keyed.width()), writing.rows, new Region.Sink.Store(), target);
    }

    /// One region's code.
    private final class Writing {
        private final CodeBuilder builder = new CodeBuilder();
        private final Map<Reading, Operand> read = new HashMap<>();
        private int rows;

        /// The value of an operator in each row of the region.
        ///
        /// @param map from rows of the region to those of the operator
        Operand read(Keyed keyed, RowMap map) {
            Reading reading = new Reading(keyed, map);
            Operand known = read.get(reading);
            if (known == null) {
                Slot slot = slots.get(keyed);
                known = slot != null ? builder.load(new Source.Tuples(slot, map), keyed.width()) : compute(keyed, map);
                read.put(reading, known);
            }
            return known;
        }

        Operand compute(Keyed keyed, RowMap map) {
            return switch (keyed.expression()) {
                case Select select -> kernel(select.kernel(), keyed, map);
                case Join join -> kernel(join.kernel(), keyed, map);
                case Add _ -> {
                    List<Operand> parts = new ArrayList<>();
                    for (int index = 0; index < keyed.inputs().size(); index++) {
                        parts.add(read(
                                keyed.inputs().get(index),
                                through(map, keyed.maps().get(index))));
                    }
                    yield builder.sum(parts, keyed.width());
                }
                case Scan _, Constant _, Aggregate _ ->
                    throw new IllegalStateException(
                            "not computed in passing: " + keyed.expression().label());
            };
        }

        private RowMap through(RowMap first, RowMap then) {
            Composition key = new Composition(first, then, rows);
            RowMap known = composed.get(key);
            if (known == null) {
                known = first.then(then, rows, scope);
                composed.put(key, known);
            }
            return known;
        }

        private Operand kernel(Kernel kernel, Keyed keyed, RowMap map) {
            KeySet left = keyed.inputs().getFirst().keys();
            KeySet right = keyed.inputs().size() > 1 ? keyed.inputs().get(1).keys() : NOTHING;
            RowMap leftMap = keyed.maps().getFirst();
            RowMap rightMap = keyed.maps().size() > 1 ? keyed.maps().get(1) : new RowMap.Single();
            return builder.kernel(kernel, new CodeBuilder.Leaves() {
                @Override
                public Operand argument(int index) {
                    return read(
                            keyed.inputs().get(index), through(map, keyed.maps().get(index)));
                }

                @Override
                public Source key(Leaf.KeyNumber number) {
                    return new Source.Keys(column(number.term()));
                }

                @Override
                public Source test(Leaf.KeyTest test) {
                    return new Source.Test(
                            PredicateCode.of(test.predicate(), left, right, strings),
                            through(map, leftMap),
                            through(map, rightMap));
                }

                @Override
                public Source.Randoms random(Leaf.Random random) {
                    KeyScope keys = new KeyScope("random", left.attributes(), right.attributes());
                    List<Source.Words> words = new ArrayList<>();
                    for (KeyTerm term : random.key()) {
                        Column column = column(term);
                        words.add(
                                term.domain(keys) == Domain.TEXT
                                        ? new Source.Words.Text(column)
                                        : new Source.Words.Whole(column));
                    }
                    return new Source.Randoms(
                            random.stream(), words, random.shape().rank() == 0);
                }

                private Column column(KeyTerm term) {
                    return new Column.Computed(TermCode.of(term, left, right, strings), leftMap, rightMap).through(map);
                }
            });
        }
    }
}
