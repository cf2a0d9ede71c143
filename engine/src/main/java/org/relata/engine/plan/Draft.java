package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
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
import org.relata.engine.memory.Slot;

/// A region as it is written: operators are added as long as they go over the same rows.
final class Draft {
    private static final KeySet NOTHING = new KeySet(List.of(), List.of(), 1);

    /// Fewer rows stay near whatever order they are read in.
    private static final int MANY = 4096;

    private final int rows;
    private final Dependence dependence;
    private final Map<Keyed, Slot> slots;
    private final Folding folding;
    private final Strings strings;
    private final RowMaps maps;
    private final CodeBuilder builder = new CodeBuilder();
    private final Map<Reading, Operand> read = new HashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private final Set<Draft> before = new LinkedHashSet<>();
    /// Operators of other regions, or of this one before rows are put in order, whose values it reads in memory.
    private final Set<Keyed> loaded = new HashSet<>();
    /// Those of which rows are read in any order, if there are many.
    private final Set<Keyed> scattered = new HashSet<>();

    /// An operator that ends here, and where its value is.
    record Ending(Keyed keyed, int register) {}

    /// @param slots operators whose values are, or will be, in memory
    /// @param folding how aggregates take their rows
    Draft(int rows, Dependence dependence, Map<Keyed, Slot> slots, Folding folding, Strings strings, RowMaps maps) {
        this.rows = rows;
        this.dependence = dependence;
        this.slots = slots;
        this.folding = folding;
        this.strings = strings;
        this.maps = maps;
    }

    /// Regions that must be complete before this one begins.
    Set<Draft> before() {
        return before;
    }

    /// Whether this one must wait for another, directly or not.
    boolean waitsFor(Draft other) {
        return before.contains(other) || before.stream().anyMatch(each -> each.waitsFor(other));
    }

    /// Whether each row reads of a place only the row that its group maps to, or nothing.
    ///
    /// @param groups of all rows, which stand group by group
    /// @param to for each group, the row of the place
    boolean readsOnly(Slot place, Groups groups, RowMap to) {
        return read.keySet().stream()
                .filter(reading -> slots.get(reading.keyed()) == place)
                .allMatch(reading -> readsOnly(reading.map(), groups, to));
    }

    private static boolean readsOnly(RowMap map, Groups groups, RowMap to) {
        for (int group = 0; group < groups.count(); group++) {
            int row = to.at(group);
            int end = groups.starts().get(group + 1L);
            for (int at = groups.starts().get(group); at < end; at++) {
                if (map.at(at) != row) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether it reads values of a place.
    boolean reads(Slot place) {
        return loaded.stream().anyMatch(keyed -> slots.get(keyed) == place);
    }

    int rows() {
        return rows;
    }

    Dependence dependence() {
        return dependence;
    }

    List<Ending> endings() {
        return endings;
    }

    CodeBuilder builder() {
        return builder;
    }

    Set<Keyed> loaded() {
        return loaded;
    }

    Set<Keyed> scattered() {
        return scattered;
    }

    /// Whether it has, or reads, values of an operator by a map.
    boolean has(Reading reading) {
        return read.containsKey(reading);
    }

    /// Adds an operator.
    void add(Keyed keyed) {
        if (folding.groups(keyed).isPresent()) {
            Keyed input = keyed.inputs().getFirst();
            Operand value = read(input, folding.order(keyed));
            endings.add(new Ending(keyed, builder.registerOfRows(value, input.width())));
        } else {
            Operand value = compute(keyed, new RowMap.Identity());
            read.put(new Reading(keyed, new RowMap.Identity()), value);
            endings.add(new Ending(keyed, builder.register(value, keyed.width())));
        }
    }

    /// The value of an operator in each row of the region.
    ///
    /// @param map from rows of the region to those of the operator
    private Operand read(Keyed keyed, RowMap map) {
        Reading reading = new Reading(keyed, map);
        Operand known = read.get(reading);
        if (known == null) {
            Slot slot = slots.get(keyed);
            if (slot == null) {
                known = compute(keyed, map);
            } else {
                loaded.add(keyed);
                if (keyed.keys().rows() >= MANY && !maps.isOrdered(map, rows)) {
                    scattered.add(keyed);
                }
                known = builder.load(new Source.Tuples(slot, map), keyed.width());
            }
            read.put(reading, known);
        }
        return known;
    }

    private Operand compute(Keyed keyed, RowMap map) {
        return switch (keyed.expression()) {
            case Select select -> kernel(select.kernel(), keyed, map);
            case Join join -> kernel(join.kernel(), keyed, map);
            case Add _ -> {
                List<Operand> parts = new ArrayList<>();
                for (int index = 0; index < keyed.inputs().size(); index++) {
                    parts.add(read(
                            keyed.inputs().get(index),
                            maps.composed(map, keyed.maps().get(index), rows)));
                }
                yield builder.sum(parts, keyed.width());
            }
            case Scan _, Constant _, Aggregate _ ->
                throw new IllegalStateException(
                        "not computed in passing: " + keyed.expression().label());
        };
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
                        keyed.inputs().get(index),
                        maps.composed(map, keyed.maps().get(index), rows));
            }

            @Override
            public Source key(Leaf.KeyNumber number) {
                return new Source.Keys(column(number.term()));
            }

            @Override
            public Source test(Leaf.KeyTest test) {
                return new Source.Test(
                        PredicateCode.of(test.predicate(), left, right, strings),
                        maps.composed(map, leftMap, rows),
                        maps.composed(map, rightMap, rows));
            }

            @Override
            public Source.Randoms random(Leaf.Random random) {
                KeyScope keys = new KeyScope("random", left.attributes(), right.attributes());
                List<Source.Words> words = new ArrayList<>();
                for (KeyTerm term : random.key()) {
                    Column column = maps.same(column(term), rows);
                    words.add(
                            term.domain(keys) == Domain.TEXT
                                    ? new Source.Words.Text(column)
                                    : new Source.Words.Whole(column));
                }
                return new Source.Randoms(random.stream(), words, random.shape().rank() == 0);
            }

            private Column column(KeyTerm term) {
                return new Column.Computed(TermCode.of(term, left, right, strings), leftMap, rightMap).through(map);
            }
        });
    }
}
